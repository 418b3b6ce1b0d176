package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"testing"
)

func TestALeanProgramLaysOutTheSameMemory(t *testing.T) {
	// Two pieces as the linker writes them, the second of them before the first.
	const text, more = "\x02\x00\x41\x80\x01\x0b\x03abc", "\x00\x41\x3f\x0b\x01x"
	memory, err := readMemory([]byte(text + more))
	if want := string(make([]byte, 63)) + "x" + string(make([]byte, 64)) + "abc"; err != nil || string(memory) != want {
		t.Errorf("got %q, %v", memory, err)
	}

	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var memory []byte
		for range random.IntN(5) {
			memory = append(memory, make([]byte, random.IntN(3*zerosBetween))...)
			for range 1 + random.IntN(99) {
				memory = append(memory, byte(1+random.IntN(255)))
			}
		}
		section := writeMemory(append(memory, 0, 0), zerosBetween)
		got, err := readMemory(section)
		if err != nil || !bytes.Equal(got, memory) {
			t.Fatalf("memory %q became %q, %v", memory, got, err)
		}
		if len(section) > len(memory)+100 {
			t.Fatalf("%d bytes of memory take %d", len(memory), len(section))
		}
	}
}

func TestALeanProgramNamesFunctionsAndNoLines(t *testing.T) {
	compiler, err := New(tree(t))
	if err != nil {
		t.Fatal(err)
	}
	program, err := compiler.Compile("./wasm")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"postage/app/pages.Pages\x00": true, "runtime.gopanic\x00": true,
		"postage/app/screen/screen.go\x00": false, "runtime/panic.go\x00": false,
	} {
		if bytes.Contains(program, []byte(text)) != want {
			t.Errorf("the program has %q: %v", text, !want)
		}
	}
}

// aTable is a table of one function, which has a table of its stack, of its
// lines and one more.
func aTable() []byte {
	var table []byte
	add := func(numbers ...uint32) {
		for _, n := range numbers {
			table = binary.LittleEndian.AppendUint32(table, n)
		}
	}
	table = append(table, functionTables...)
	for _, offset := range []uint32{1, 1, 0, 72, 76, 80, 84, 104} {
		add(offset, 0)
	}
	table = append(table, "f\x00\x00\x00"+"unit"+"f.go"...)
	table = append(table, "\x00\x02\x04\x00"+"\x10\x01\x12\x01\x00"+"\x06\x01\x00"+"\x07\x07\x07\x07\x07\x07\x07\x07"...)
	add(5, 12, 9)                          // the list: its function, and where the last one ends
	add(5, 0, 0, 0, 1, 9, 4, 1, 7, 33, 77) // with the lines of its calls from 4 on
	return append(binary.LittleEndian.AppendUint32(table, 9), "behind"...)
}

func TestLinesBecomeZeros(t *testing.T) {
	before := aTable()
	after := bytes.Clone(before)
	if err := dropLines(after); err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before) || !bytes.HasSuffix(after, []byte("behind")) || !bytes.Equal(after[:76], before[:76]) {
		t.Errorf("what is around the lines has changed: %q", after)
	}
	if got, want := string(after[76:104]), string(make([]byte, 8))+"\x00\x02\x04\x00"+string(make([]byte, 5))+"\x06\x01\x00"+string(make([]byte, 8)); got != want {
		t.Errorf("the tables are %q, want %q", got, want)
	}
	function := after[104+12:]
	for i, want := range []uint32{5, 0, 0, 0, 1, 0, 0, 1, 0, 0, 77, 9} {
		if got := binary.LittleEndian.Uint32(function[4*i:]); got != want {
			t.Errorf("number %d of the function is %d, want %d", i, got, want)
		}
	}
}

func TestAProgramOfAnotherKindIsNotMadeLean(t *testing.T) {
	table := aTable()
	for i := range table {
		if err := dropLines(table[:i:i]); i < len(table)-len("nine")-len("behind") && !errors.Is(err, errNotLean) {
			t.Errorf("a table of %d bytes: %v", i, err)
		}
	}
	module := append(aProgramWith(table), 0, 1, 'c')
	if program, err := lean(module, true, true); err != nil || !bytes.HasSuffix(program, []byte{0, 1, 'c'}) {
		t.Errorf("the whole program: %q, %v", program, err)
	}
	for i := range module[:len(module)-3] {
		if _, err := lean(module[:i], true, true); !errors.Is(err, errNotLean) {
			t.Errorf("a program of %d bytes: %v", i, err)
		}
	}
	for name, program := range map[string][]byte{
		"other tables":     bytes.Replace(module, []byte("\xf1\xff"), []byte("\xf0\xff"), 1),
		"an open address":  bytes.Replace(module, []byte{0, pieceAddress}, []byte{0, 0x23}, 1),
		"not WebAssembly":  []byte("#!/bin/sh\nexit"),
		"no data":          module[:8],
		"a second memory":  bytes.Replace(module, []byte{0, pieceAddress}, []byte{2, pieceAddress}, 1),
		"twice the tables": aProgramWith(append(aTable(), table...)),
	} {
		if _, err := lean(program, true, true); !errors.Is(err, errNotLean) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// aProgramWith is a module that lays out a memory.
func aProgramWith(memory []byte) []byte {
	data := writeMemory(memory, zerosBetween)
	return append(binary.AppendUvarint([]byte("\x00asm\x01\x00\x00\x00\x0b"), uint64(len(data))), data...)
}
