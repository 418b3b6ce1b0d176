package slim

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// What the runtime knows of the functions of a program, as Go's linker lays it into
// memory: runtime/symtab.go and runtime/runtime2.go say how.

// functionTables is how the runtime's tables about the functions begin: the number of
// their layout, which changes with it, and the size of addresses.
var functionTables = []byte("\xf1\xff\xff\xff\x00\x00\x01\x08")

// Where the numbers of a function are, counted from the beginning of them: runtime2.go
// says so of its _func. Each has four bytes, but for how many other tables there are, which
// has one. Behind them are the places of the tables by call, then of the other tables.
const (
	functionName        = 4
	functionStack       = 16 // the place of a table by call, too
	functionFile        = 20
	functionLine        = 24
	functionCallTables  = 28 // how many
	functionUnit        = 32
	functionFirstLine   = 36
	functionOtherTables = 43 // how many
	functionTablesBegin = 44
)

// The place of a table that there is not.
const (
	noTableByCall uint32 = 0
	noOtherTable  uint32 = 1<<32 - 1
)

// tablesOfCrashes are the tables by call, and othersOfCrashes the other tables, that
// are read for a crash alone, or to stop a function that runs, which WebAssembly cannot
// do: by their numbers in internal/abi/symtab.go.
var (
	tablesOfCrashes = []int{
		0, // PCDATA_UnsafePoint
		tableInLine,
		3, // PCDATA_ArgLiveIndex
	}
	othersOfCrashes = []int{
		othersInLine,
		5, // FUNCDATA_ArgInfo
		6, // FUNCDATA_ArgLiveInfo
		7, // FUNCDATA_WrapInfo
	}
)

// What the compiler has put in line: PCDATA_InlTreeIndex tells of a place in the code
// which entry of FUNCDATA_InlTree is about it. Without them a call is the function's own.
const tableInLine, othersInLine, sizeInLine = 2, 3, 16

// runtimeNames begin the names of functions of the runtime itself: it tells its own
// goroutines from others by that.
const runtimeNames = "runtime."

// namesAskedFor are functions that the runtime knows by their names, to find what they
// keep on the stack.
var namesAskedFor = []string{"reflect.makeFuncStub", "reflect.methodValueCall"}

// functions are where a program's memory has the tables of its functions.
type functions struct {
	memory []byte
	count  int
	names  int // the names of the functions, which end with a zero each
	units  int // the files they are from
	values int // the tables by call
	list   int // the functions, after the numbers of where each is counted from here
	others int // what the places of other tables are counted from
	module int // what the runtime calls moduledata: the addresses of all of these
}

// The runtime's moduledata begins with the address of the tables and the one of the
// names; the address of the other tables is this many addresses further on.
const moduleOthers = 40

// findFunctions looks for them. It panics where the tables are beyond the memory.
func findFunctions(memory []byte) (p functions, err error) {
	at := bytes.Index(memory, functionTables)
	if at < 0 || bytes.Contains(memory[at+1:], functionTables) {
		return p, fmt.Errorf("%w: the tables of its functions are not found", errNotLean)
	}
	offset := func(i int) int { return int(binary.LittleEndian.Uint32(memory[at+8+8*i:])) }
	p = functions{memory: memory, count: offset(0), names: at + offset(3), units: at + offset(4), values: at + offset(6), list: at + offset(7)}
	if !(p.count > 0 && p.names < p.units && p.units <= at+offset(5) && at+offset(5) < p.values && p.values < p.list) {
		panic("the order of the tables")
	}
	module := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, uint64(at)), uint64(p.names))
	p.module = bytes.Index(memory, module)
	if p.module < 0 {
		return p, fmt.Errorf("%w: what tells of its tables is not found", errNotLean)
	}
	p.others = p.address(moduleOthers)
	if p.others <= p.list {
		panic("the order of the tables")
	}
	for i := range p.count {
		if f := p.function(i); f.number(0) != binary.LittleEndian.Uint32(memory[p.list+8*i:]) {
			panic("a function at another address")
		}
	}
	return p, nil
}

// address is one of those in moduledata.
func (p functions) address(i int) int {
	return int(binary.LittleEndian.Uint64(p.memory[p.module+8*i:]))
}

// function is a function by its number.
func (p functions) function(i int) function {
	return p.memory[p.list+int(binary.LittleEndian.Uint32(p.memory[p.list+8*i+4:])):]
}

// A function is the memory from where its numbers begin.
type function []byte

func (f function) number(at int) uint32  { return binary.LittleEndian.Uint32(f[at:]) }
func (f function) set(at int, to uint32) { binary.LittleEndian.PutUint32(f[at:], to) }
func (f function) tablesByCall() int     { return int(f.number(functionCallTables)) }
func (f function) otherTables() int      { return int(f[functionOtherTables]) }
func (f function) tableByCall(i int) uint32 {
	if i >= f.tablesByCall() {
		return noTableByCall
	}
	return f.number(functionTablesBegin + 4*i)
}

func (f function) otherTable(i int) uint32 {
	if i >= f.otherTables() {
		return noOtherTable
	}
	return f.number(functionTablesBegin + 4*(f.tablesByCall()+i))
}

// dropWhatACrashPrints makes zeros in a program's memory of the files, lines and names
// of its functions.
func dropWhatACrashPrints(memory []byte, t thinning) (err error) {
	defer cutOff(&err)
	p, err := findFunctions(memory)
	if err != nil {
		return err
	}
	shared := p.otherTablesKept()
	newNames := newNames{table: make([]byte, 1, p.units-p.names)}
	newValues := newValues{old: memory[p.values:p.list], kept: make([]byte, p.list-p.values)}
	for i := range p.count {
		f := p.function(i)
		if t.noNames {
			name, _, _ := bytes.Cut(memory[p.names+int(f.number(functionName)):p.units], []byte{0})
			f.set(functionName, newNames.keep(string(name)))
		}
		if !t.noLines {
			continue
		}
		for _, at := range []int{functionFile, functionLine, functionUnit, functionFirstLine} {
			f.set(at, 0)
		}
		if inLine := f.otherTable(othersInLine); inLine != noOtherTable && !shared[inLine] {
			if byCall := f.tableByCall(tableInLine); byCall != noTableByCall {
				clear(memory[p.others+int(inLine):][:sizeInLine*newValues.count(byCall)])
			}
		}
		for i := range f.tablesByCall() {
			if slices.Contains(tablesOfCrashes, i) {
				f.set(functionTablesBegin+4*i, noTableByCall)
			}
		}
		for i := range f.otherTables() {
			if slices.Contains(othersOfCrashes, i) {
				f.set(functionTablesBegin+4*(f.tablesByCall()+i), noOtherTable)
			}
		}
		newValues.keep(f.number(functionStack))
		for i := range f.tablesByCall() {
			newValues.keep(f.tableByCall(i))
		}
	}
	if t.noNames {
		clear(memory[p.names:p.units])
		copy(memory[p.names:], newNames.table)
	}
	if t.noLines {
		clear(memory[p.units:p.values])
		copy(memory[p.values:], newValues.kept)
	}
	return nil
}

// otherTablesKept are the places of the other tables that are read without a crash. The
// linker lays out equal tables once.
func (p functions) otherTablesKept() map[uint32]bool {
	kept := map[uint32]bool{}
	for i := range p.count {
		f := p.function(i)
		for j := range f.otherTables() {
			if !slices.Contains(othersOfCrashes, j) {
				kept[f.otherTable(j)] = true
			}
		}
	}
	return kept
}

// newNames are the names of functions that are kept, each once.
type newNames struct {
	table []byte // begins with the empty name
	at    map[string]uint32
}

// keep returns where the name of a function is from now on. All functions of the
// runtime have what their names begin with, and most others none.
func (n *newNames) keep(name string) uint32 {
	switch {
	case strings.HasPrefix(name, runtimeNames):
		name = runtimeNames
	case !slices.Contains(namesAskedFor, name):
		return 0
	}
	if at, known := n.at[name]; known {
		return at
	}
	at := uint32(len(n.table))
	if n.at == nil {
		n.at = map[string]uint32{}
	}
	n.at[name] = at
	n.table = append(append(n.table, name...), 0)
	return at
}

// newValues are the tables by call that are kept, each at its old place.
type newValues struct{ old, kept []byte }

// keep copies the table that begins at a place.
func (v *newValues) keep(from uint32) {
	if from != noTableByCall {
		to := v.read(from, func(int32) {})
		copy(v.kept[from:], v.old[from:to])
	}
}

// count is how many entries the values of a table point to.
func (v *newValues) count(from uint32) (entries int) {
	v.read(from, func(value int32) { entries = max(entries, int(value)+1) })
	return entries
}

// read goes through the values of a table, and returns where it ends.
func (v *newValues) read(from uint32, each func(value int32)) (to int) {
	to = int(from)
	value := int32(-1)
	for first := true; ; first = false {
		change, n := binary.Uvarint(v.old[to:])
		if n <= 0 {
			panic("a table without an end")
		}
		to += n
		if change == 0 && !first {
			return to
		}
		_, n = binary.Uvarint(v.old[to:]) // for how far it holds
		to += n
		value += int32(change>>1) ^ -int32(change&1)
		each(value)
	}
}
