package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// What Go's linker writes is made for quick linking, not for the way to a
// phone. Once a program is linked, two things are changed in what it lays into
// memory at its start; its code stays as it is.
//
// The linker cuts the memory at every few zeros into tens of thousands of
// pieces, each with an address that compresses badly. Here they are joined.
//
// For every call the runtime also keeps the file and the line, to print them
// should the program crash. Their tables become zeros. A crash still names the
// functions that it came through.

// zerosBetween is how many zeros are worth a new piece of memory.
const zerosBetween = 256

// linkersZeros is how many zeros are worth one to Go's linker.
const linkersZeros = 8

// errNotLean is about a program that is not as Go's linker writes it.
var errNotLean = errors.New("the linked program is not as the build knows it")

// lean returns a linked program with its memory in few pieces and without the
// lines of its source, or with one of the two.
func lean(program []byte, fewPieces, noLines bool) ([]byte, error) {
	if !fewPieces && !noLines {
		return program, nil
	}
	const header, dataSection = 8, 11
	if len(program) < header || !bytes.HasPrefix(program, []byte("\x00asm")) {
		return nil, fmt.Errorf("%w: it is no WebAssembly", errNotLean)
	}
	out := bytes.Clone(program[:header])
	found := false
	for rest := program[header:]; len(rest) > 0; {
		id := rest[0]
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil, fmt.Errorf("%w: a section is cut off", errNotLean)
		}
		content := rest[1+n : 1+n+int(size)]
		rest = rest[1+n+int(size):]
		if id == dataSection {
			memory, err := readMemory(content)
			if err != nil {
				return nil, err
			}
			if noLines {
				if err := dropLines(memory); err != nil {
					return nil, err
				}
			}
			gap := zerosBetween
			if !fewPieces {
				gap = linkersZeros
			}
			content, found = writeMemory(memory, gap), true
		}
		out = binary.AppendUvarint(append(out, id), uint64(len(content)))
		out = append(out, content...)
	}
	if !found {
		return nil, fmt.Errorf("%w: it has no data", errNotLean)
	}
	return out, nil
}

const (
	// pieceAddress stands before the address of a piece of memory, and
	// pieceContent after it: "i32.const" and "end".
	pieceAddress, pieceContent = 0x41, 0x0b
	// mostMemory is more than any program lays out.
	mostMemory = 1 << 28
)

// readMemory returns the memory as a data section lays it out.
func readMemory(section []byte) (memory []byte, err error) {
	number := func() int {
		v, n := binary.Uvarint(section)
		if n <= 0 || v > mostMemory {
			err = fmt.Errorf("%w: its data cannot be read", errNotLean)
			section = nil
			return 0
		}
		section = section[n:]
		return int(v)
	}
	skip := func(opcode byte) {
		if len(section) == 0 || section[0] != opcode {
			err = fmt.Errorf("%w: its data is of another kind", errNotLean)
			section = nil
			return
		}
		section = section[1:]
	}
	for range number() {
		skip(0) // the piece has a fixed address in the only memory
		skip(pieceAddress)
		address := number()
		skip(pieceContent)
		size := number()
		if err == nil && size > len(section) {
			err = fmt.Errorf("%w: its data is cut off", errNotLean)
		}
		if err != nil {
			return nil, err
		}
		if end := address + size; end > len(memory) {
			memory = append(memory, make([]byte, end-len(memory))...)
		}
		copy(memory[address:], section[:size])
		section = section[size:]
	}
	return memory, err
}

// writeMemory returns the data section that lays memory out. What lies between
// its pieces is zero from the beginning: at least so many zeros.
func writeMemory(memory []byte, zeros int) []byte {
	gap := make([]byte, zeros)
	var pieces []byte
	count := 0
	for rest := bytes.TrimLeft(memory, "\x00"); len(rest) > 0; rest = bytes.TrimLeft(rest, "\x00") {
		address := len(memory) - len(rest)
		size := bytes.Index(rest, gap)
		if size < 0 {
			size = len(bytes.TrimRight(rest, "\x00"))
		}
		pieces = append(pieces, 0, pieceAddress)
		for ; address >= 1<<6; address >>= 7 { // the seventh bit is the sign
			pieces = append(pieces, byte(address)|1<<7)
		}
		pieces = append(pieces, byte(address), pieceContent)
		pieces = binary.AppendUvarint(pieces, uint64(size))
		pieces = append(pieces, rest[:size]...)
		rest = rest[size:]
		count++
	}
	return append(binary.AppendUvarint(nil, uint64(count)), pieces...)
}

// functionTables is how the runtime's tables about the functions begin: the number of
// their layout, which changes with it, and the size of addresses.
var functionTables = []byte("\xf1\xff\xff\xff\x00\x00\x01\x08")

// dropLines makes zeros of the files and lines in a program's memory. The
// tables are laid out as runtime/symtab.go and runtime/runtime2.go say.
func dropLines(memory []byte) (err error) {
	at := bytes.Index(memory, functionTables)
	if at < 0 || bytes.Contains(memory[at+1:], functionTables) {
		return fmt.Errorf("%w: the tables of its functions are not found", errNotLean)
	}
	defer func() {
		if recover() != nil { // beyond the end of the memory
			err = fmt.Errorf("%w: the tables of its functions are laid out differently", errNotLean)
		}
	}()
	table := memory[at:]
	word := func(at int) int { return int(binary.LittleEndian.Uint32(table[at:])) }
	offset := func(i int) int { return word(8 + 8*i) }
	functions, units, values, list := offset(0), offset(4), offset(6), offset(7)
	if !(functions > 0 && offset(3) < units && units <= offset(5) && offset(5) < values && values < list) {
		panic("the order of the tables")
	}

	// Where a function's numbers are, counted from the beginning of it.
	const stack, file, line, moreTables, unit, firstLine, more = 16, 20, 24, 28, 32, 36, 44
	kept := make([]byte, list-values)
	keep := func(from int) {
		if from == 0 {
			return // there is no such table
		}
		to := from
		for first := true; ; first = false {
			change, n := binary.Uvarint(table[values+to : list])
			if n <= 0 {
				panic("a table without an end")
			}
			to += n
			if change == 0 && !first {
				break
			}
			_, n = binary.Uvarint(table[values+to : list])
			to += n
		}
		copy(kept[from:], table[values+from:values+to])
	}
	for i := range functions {
		function := list + word(list+8*i+4)
		if word(function) != word(list+8*i) {
			panic("a function at another address")
		}
		keep(word(function + stack))
		for j := range word(function + moreTables) {
			keep(word(function + more + 4*j))
		}
		for _, number := range []int{file, line, unit, firstLine} {
			clear(table[function+number:][:4])
		}
	}
	clear(table[units:values])
	copy(table[values:list], kept)
	return nil
}
