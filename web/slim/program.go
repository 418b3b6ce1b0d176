package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// errNotLean is about a program that is not as Go's linker writes it.
var errNotLean = errors.New("the linked program is not as the build knows it")

// linked is a program for WebAssembly, in its sections.
type linked []*section

// A section is a part of a program: WebAssembly's specification says what each is about.
type section struct {
	id      byte
	content []byte
}

const (
	importSection, functionSection, exportSection, codeSection, dataSection = 2, 3, 7, 10, 11
)

const programHeader = "\x00asm\x01\x00\x00\x00"

func readProgram(program []byte) (p linked, err error) {
	defer cutOff(&err)
	r := reader(program)
	if !bytes.HasPrefix(program, []byte(programHeader)) {
		return nil, fmt.Errorf("%w: it is no WebAssembly", errNotLean)
	}
	r.take(len(programHeader))
	for len(r) > 0 {
		id := r.byte()
		p = append(p, &section{id, r.take(r.number())})
	}
	return p, nil
}

func (p linked) bytes() []byte {
	program := []byte(programHeader)
	for _, s := range p {
		program = appendCounted(append(program, s.id), s.content)
	}
	return program
}

func (p linked) section(id byte) (*section, error) {
	for _, s := range p {
		if s.id == id {
			return s, nil
		}
	}
	return nil, fmt.Errorf("%w: it has no section %d", errNotLean, id)
}

// starts is what a program exports to be started.
const starts = "run"

// startBy has a program started by a function that calls its own start, whose number it
// is told, with the same parameters.
func (p linked) startBy(code func(start int) []byte) (err error) {
	defer cutOff(&err)
	var imports, functions, exports, bodies *section
	for id, s := range map[byte]**section{importSection: &imports, functionSection: &functions, exportSection: &exports, codeSection: &bodies} {
		if *s, err = p.section(id); err != nil {
			return err
		}
	}
	r := reader(imports.content)
	imported := r.number()
	for range imported {
		r.text()
		r.text()
		if r.byte() != aFunction {
			return fmt.Errorf("%w: it imports what is no function", errNotLean)
		}
		r.number()
	}
	r = reader(functions.content)
	own := r.number()
	types := make([]int, own)
	for i := range types {
		types[i] = r.number()
	}

	start := -1
	r = reader(exports.content)
	count := r.number()
	exports.content = binary.AppendUvarint(nil, uint64(count))
	for range count {
		name, kind, number := r.text(), r.byte(), r.number()
		if string(name) == starts && kind == aFunction {
			start, number = number, imported+own
		}
		exports.content = append(appendCounted(exports.content, name), kind)
		exports.content = binary.AppendUvarint(exports.content, uint64(number))
	}
	if start < imported {
		return fmt.Errorf("%w: it has no start of its own", errNotLean)
	}
	add := func(s *section, what []byte) {
		r := reader(s.content)
		count := r.number()
		s.content = slices.Concat(binary.AppendUvarint(nil, uint64(count+1)), r, what)
	}
	add(functions, binary.AppendUvarint(nil, uint64(types[start-imported])))
	add(bodies, appendCounted(nil, code(start)))
	return nil
}

// aFunction is a kind of what is imported or exported.
const aFunction = 0

// A reader takes one thing after the other from the front of what is left. It panics
// where that ends.
type reader []byte

func (r *reader) take(n int) []byte {
	taken := (*r)[:n:n]
	*r = (*r)[n:]
	return taken
}

func (r *reader) byte() byte   { return r.take(1)[0] }
func (r *reader) text() []byte { return r.take(r.number()) }

func (r *reader) number() int {
	v, n := binary.Uvarint(*r)
	if n <= 0 || v > mostMemory {
		panic("no number")
	}
	r.take(n)
	return int(v)
}

// cutOff makes an error of what a reader panics with.
func cutOff(err *error) {
	if recover() != nil {
		*err = fmt.Errorf("%w: it is cut off, or laid out differently", errNotLean)
	}
}

// appendCounted appends a text or a body after its length.
func appendCounted(b, content []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(content))), content...)
}

// zerosBetween is how many zeros are worth a new piece of memory.
const zerosBetween = 256

// linkersZeros is how many zeros are worth one to Go's linker.
const linkersZeros = 8

const (
	// pieceAddress stands before the address of a piece of memory, and
	// pieceContent after it: "i32.const" and "end".
	pieceAddress, pieceContent = 0x41, 0x0b
	// mostMemory is more than any program lays out.
	mostMemory = 1 << 28
)

// readMemory returns what a data section lays into memory.
func readMemory(data []byte) (memory []byte, err error) {
	defer cutOff(&err)
	r := reader(data)
	for range r.number() {
		// The piece has a fixed address in the only memory.
		if !bytes.Equal(r.take(2), []byte{0, pieceAddress}) {
			return nil, fmt.Errorf("%w: its data is of another kind", errNotLean)
		}
		address := r.number()
		if r.byte() != pieceContent {
			return nil, fmt.Errorf("%w: its data is of another kind", errNotLean)
		}
		content := r.text()
		if end := address + len(content); end > len(memory) {
			memory = append(memory, make([]byte, end-len(memory))...)
		}
		copy(memory[address:], content)
	}
	return memory, nil
}

// writeMemory returns the data section that lays out memory, in pieces that have
// as many zeros between them, or more.
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
		pieces = append(appendSigned(append(pieces, 0, pieceAddress), address), pieceContent)
		pieces = appendCounted(pieces, rest[:size])
		rest = rest[size:]
		count++
	}
	return append(binary.AppendUvarint(nil, uint64(count)), pieces...)
}

// appendSigned appends a number as WebAssembly writes those with a sign.
func appendSigned(b []byte, n int) []byte {
	for n < -1<<6 || n >= 1<<6 { // the seventh bit is the sign
		b = append(b, byte(n)|1<<7)
		n >>= 7
	}
	return append(b, byte(n)&^(1<<7))
}
