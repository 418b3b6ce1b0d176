package slim

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Go's linker lays out two lists of where functions are, numbers that grow evenly and so
// compress badly: where what is known of each function begins, and which function each
// part of the code belongs to. Both follow from what is known of the functions. So they
// become zeros, and the program has one more function, which makes them before Go
// starts: it is what the program exports as "run", and goes on with Go's own.

// A function takes up 65,536 of what the runtime counts as code, and an entry of the
// second list is about 4,096 of it: so there are 1<<entriesBits entries for each function,
// but fewer for the last, which are left as they are. In an entry the number of the
// function is followed by zeros, as no entry is about two.
const entriesBits, entrySize = 4, 20

// moduleEntries is where the runtime's moduledata has the address of the second list,
// counted in addresses.
const moduleEntries = 19

// An index is where the two lists are.
type index struct {
	functions
	number     int // of the first function
	first      int // where what is known of it begins, counted from the list of functions
	entries    int // where the second list begins
	entryCount int
}

// takeIndex makes zeros of the lists and tells how to make them again.
func takeIndex(memory []byte) (x index, err error) {
	defer cutOff(&err)
	x.functions, err = findFunctions(memory)
	if err != nil {
		return x, err
	}
	x.number = int(binary.LittleEndian.Uint32(memory[x.list:]))
	x.first = int(binary.LittleEndian.Uint32(memory[x.list+4:]))
	x.entries = x.address(moduleEntries)
	x.entryCount = (x.count - 1) << entriesBits
	was := bytes.Clone(memory)
	for i := range x.count {
		x.function(i).set(0, 0)
	}
	clear(memory[x.list:][:8*x.count])
	clear(memory[x.entries:][:entrySize*x.entryCount])
	made := bytes.Clone(memory)
	x.make(made)
	if !bytes.Equal(made, was) {
		return x, fmt.Errorf("%w: its functions do not follow each other", errNotLean)
	}
	return x, nil
}

// make makes the lists, as code does in the program.
func (x index) make(memory []byte) {
	f := x.list + x.first
	for i := range x.count {
		binary.LittleEndian.PutUint32(memory[x.list+8*i:], uint32(x.number+i))
		binary.LittleEndian.PutUint32(memory[x.list+8*i+4:], uint32(f-x.list))
		known := function(memory[f:])
		known.set(0, uint32(x.number+i))
		f += (functionTablesBegin + 4*(known.tablesByCall()+known.otherTables()) + 7) &^ 7
	}
	for i := range x.entryCount {
		binary.LittleEndian.PutUint32(memory[x.entries+entrySize*i:], uint32(i>>entriesBits))
	}
}

// code is the function that makes the lists and calls another one with its own two
// parameters.
func (x index) code(next int) []byte {
	const i, f = 2, 3 // the variables, after the parameters
	var c code
	c = append(c, 1, 2, 0x7f) // two of 32 bits
	c.number(x.list + x.first).set(f)
	c.loop()
	{
		// The list has the number of the function, which stands where what is known of
		// it begins too, and where that is.
		c.get(i).number(3).op(shl).get(i).number(x.number).op(add).store(x.list)
		c.get(f).get(i).number(x.number).op(add).store(0)
		c.get(i).number(3).op(shl).get(f).number(x.list).op(sub).store(x.list + 4)
		// f += the size of what is known of it
		c.get(f)
		c.get(f).load(functionCallTables).get(f).loadByte(functionOtherTables).op(add)
		c.number(2).op(shl).number(functionTablesBegin + 7).op(add).number(-8).op(and)
		c.op(add).set(f)
		c.get(i).number(1).op(add).tee(i).number(x.count).op(less)
	}
	c.again()
	c.number(0).set(i)
	c.loop()
	{
		c.get(i).number(entrySize).op(mul).get(i).number(entriesBits).op(shr).store(x.entries)
		c.get(i).number(1).op(add).tee(i).number(x.entryCount).op(less)
	}
	c.again()
	c.get(0).get(1).call(next)
	return append(c, end)
}

// code is that of a function of WebAssembly, whose numbers have 32 bits.
type code []byte

const (
	less, add, sub, mul, and, shl, shr = 0x49, 0x6a, 0x6b, 0x6c, 0x71, 0x74, 0x76
	end                                = 0x0b
)

func (c *code) op(op byte) *code        { *c = append(*c, op); return c }
func (c *code) get(variable byte) *code { *c = append(*c, 0x20, variable); return c }
func (c *code) set(variable byte) *code { *c = append(*c, 0x21, variable); return c }
func (c *code) tee(variable byte) *code { *c = append(*c, 0x22, variable); return c }
func (c *code) number(n int) *code      { *c = appendSigned(append(*c, 0x41), n); return c }
func (c *code) call(function int) *code { return c.with(0x10, function) }
func (c *code) loop() *code             { *c = append(*c, 0x03, 0x40); return c }
func (c *code) again() *code            { *c = append(*c, 0x0d, 0, end); return c } // if what is computed is not zero
func (c *code) load(at int) *code       { return c.op(0x28).with(2, at) }
func (c *code) loadByte(at int) *code   { return c.op(0x2d).with(0, at) }
func (c *code) store(at int) *code      { return c.op(0x36).with(2, at) }
func (c *code) with(b byte, n int) *code {
	*c = binary.AppendUvarint(append(*c, b), uint64(n))
	return c
}
