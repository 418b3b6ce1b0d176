package slim

// What Go's linker writes is made for quick linking, not for the way to a
// phone. Once a program is linked, some things are changed in what it lays into
// memory at its start; Go's own code stays as it is.
//
// The linker cuts the memory at every few zeros into tens of thousands of
// pieces, each with an address that compresses badly. Here they are joined.
//
// For every call the runtime also keeps the file, the line and what was put in
// line there, and for every function its name and how its arguments are laid
// out, to print them should the program crash. They become zeros. A program of
// SLIM=0 prints them.
//
// Lists that follow from what else is there are made when the program starts.

// A thinning is what is changed in a linked program.
type thinning struct {
	fewPieces bool // its memory is laid out in few pieces
	noLines   bool // without the files and lines of calls, and their arguments
	noNames   bool // without the names of functions, but for those that the runtime asks for
	noIndex   bool // the lists of where functions are, are made at the start
}

// lean returns a linked program with less to lay into its memory.
func lean(program []byte, t thinning) ([]byte, error) {
	if t == (thinning{}) {
		return program, nil
	}
	p, err := readProgram(program)
	if err != nil {
		return nil, err
	}
	data, err := p.section(dataSection)
	if err != nil {
		return nil, err
	}
	memory, err := readMemory(data.content)
	if err != nil {
		return nil, err
	}
	if t.noLines || t.noNames {
		if err := dropWhatACrashPrints(memory, t); err != nil {
			return nil, err
		}
	}
	if t.noIndex {
		index, err := takeIndex(memory)
		if err != nil {
			return nil, err
		}
		if err := p.startBy(index.code); err != nil {
			return nil, err
		}
	}
	gap := zerosBetween
	if !t.fewPieces {
		gap = linkersZeros
	}
	data.content = writeMemory(memory, gap)
	return p.bytes(), nil
}
