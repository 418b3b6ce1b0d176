package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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

func TestALeanProgramHasNoLinesAndFewNames(t *testing.T) {
	compiler, err := New(tree(t))
	if err != nil {
		t.Fatal(err)
	}
	program, err := compiler.Compile("./wasm")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"\x00runtime.\x00": true, "runtime.gopanic\x00": false,
		"postage/app/pages.Pages\x00": false, "postage/app/screen/screen.go\x00": false, "runtime/panic.go\x00": false,
	} {
		if bytes.Contains(program, []byte(text)) != want {
			t.Errorf("the program has %q: %v", text, !want)
		}
	}
}

// TestALeanProgramFindsItsWayThroughTheStack runs what needs the tables of functions: to
// recover from panics, to let stacks grow, to collect garbage.
func TestALeanProgramFindsItsWayThroughTheStack(t *testing.T) {
	t.Parallel()
	tree := tree(t)
	goFolder, err := tree.GoFolder()
	if err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("the test needs Node: install the package nodejs")
	}
	run := func(changed ...string) string {
		t.Helper()
		compiler := Plain(tree)
		for _, p := range pieces {
			if slices.Contains(changed, p.name) {
				compiler.pieces = append(compiler.pieces, p)
			}
		}
		program, err := compiler.Compile("./web/slim/testdata/stack")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "stack.wasm")
		if err := os.WriteFile(file, program, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(node, "--stack-size=8192", filepath.Join(goFolder, "lib", "wasm", "wasm_exec_node.js"), file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", changed, err, out)
		}
		return string(out)
	}
	want := run()
	if !strings.HasSuffix(want, "left with <nil>\n") {
		t.Fatalf("as Go compiles it, it prints %s", want)
	}
	for _, changed := range [][]string{{apart, memory, lines, names, places}, {lines}, {names}, {places}} {
		if got := run(changed...); got != want {
			t.Errorf("with %v it prints\n%s\nnot\n%s", changed, got, want)
		}
	}
}

// Where a made-up memory has what the runtime knows of two functions.
const (
	tablesAt  = 16
	namesAt   = tablesAt + 72
	unitsAt   = namesAt + 24
	filesAt   = unitsAt + 4
	valuesAt  = filesAt + 4
	listAt    = valuesAt + 24
	knownAt   = listAt + 2*8 + 8
	knownSize = 72 // 44 and 7 tables of 4 bytes
	othersAt  = knownAt + 2*knownSize
	entriesAt = othersAt + 64
	moduleAt  = entriesAt + 2*16*entrySize
)

// aMemory has two functions, each with a table of its stack, three tables by call and
// four others.
func aMemory() []byte {
	m := make([]byte, moduleAt+8*(moduleOthers+1))
	number := func(at int, numbers ...uint32) {
		for i, n := range numbers {
			binary.LittleEndian.PutUint32(m[at+4*i:], n)
		}
	}
	copy(m[tablesAt:], functionTables)
	for i, offset := range []uint32{2, 1, 0, namesAt - tablesAt, unitsAt - tablesAt, filesAt - tablesAt, valuesAt - tablesAt, listAt - tablesAt} {
		number(tablesAt+8+8*i, offset)
	}
	copy(m[namesAt:], "\x00runtime.f\x00app.g\x00")
	copy(m[unitsAt:], "unit")
	copy(m[filesAt:], "f.go")
	// In turn a table of a stack, of lines, of what cannot be stopped, of the pointers
	// on the stack, and of what was put in line: it points to the entries 0 and 1.
	copy(m[valuesAt:], "\x00\x02\x04\x00"+"\x10\x01\x12\x01\x00"+"\x0a\x01\x00"+"\x06\x01\x00"+"\x02\x01\x02\x01\x00")
	number(listAt, 7, knownAt-listAt, 8, knownAt+knownSize-listAt, 9)
	for i, name := range []uint32{1, 11} {
		number(knownAt+i*knownSize, 7+uint32(i), name, 0, 0, 1, 4, 4, 3, 5, 33, 4<<24, 9, 12, 15, 40, 44, noOtherTable, 8)
	}
	for i := othersAt; i < entriesAt; i++ {
		m[i] = 0xee
	}
	for i := range 2 * 16 {
		number(entriesAt+entrySize*i, uint32(i/16))
	}
	number(moduleAt, tablesAt, 0, namesAt)
	number(moduleAt+8*moduleEntries, entriesAt)
	number(moduleAt+8*moduleOthers, othersAt)
	return append(m, "behind"...)
}

func TestWhatACrashPrintsBecomesZeros(t *testing.T) {
	m := aMemory()
	if err := dropWhatACrashPrints(m, thinning{noLines: true, noNames: true}); err != nil {
		t.Fatal(err)
	}
	want := aMemory()
	copy(want[namesAt:], "\x00runtime.\x00"+string(make([]byte, 14)))
	clear(want[unitsAt:valuesAt])
	copy(want[valuesAt:], "\x00\x02\x04\x00"+string(make([]byte, 8))+"\x06\x01\x00"+string(make([]byte, 9)))
	clear(want[othersAt+8:][:2*sizeInLine]) // what was put in line
	for i, name := range []uint32{1, 0} {
		for j, n := range []uint32{7 + uint32(i), name, 0, 0, 1, 0, 0, 3, 0, 0, 4 << 24, 0, 12, 0, 40, 44, noOtherTable, noOtherTable} {
			binary.LittleEndian.PutUint32(want[knownAt+i*knownSize+4*j:], n)
		}
	}
	for i := range want {
		if m[i] != want[i] {
			t.Errorf("byte %d is %d, want %d (the names are at %d, the values at %d, what is known of functions at %d, other tables at %d)",
				i, m[i], want[i], namesAt, valuesAt, knownAt, othersAt)
		}
	}
}

func TestAnOtherTableThatIsReadIsKept(t *testing.T) {
	m := aMemory()
	binary.LittleEndian.PutUint32(m[knownAt+4*14:], 8) // at the same place as what was put in line
	if err := dropWhatACrashPrints(m, thinning{noLines: true}); err != nil {
		t.Fatal(err)
	}
	if m[othersAt+8] != 0xee {
		t.Error("it has become zeros")
	}
}

func TestTheIndexIsMadeAgain(t *testing.T) {
	m := aMemory()
	index, err := takeIndex(m)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m[listAt:][:16], make([]byte, 16)) || bytes.Contains(m[entriesAt:entriesAt+16*entrySize], []byte{1}) {
		t.Error("the lists are still laid out")
	}
	index.make(m)
	if !bytes.Equal(m, aMemory()) {
		t.Error("what is made is not what was there")
	}
	m[listAt+8] = 9 // another number, and where it is known
	m[knownAt+knownSize] = 9
	if _, err := takeIndex(m); !errors.Is(err, errNotLean) {
		t.Errorf("functions that do not follow each other: %v", err)
	}
}

func TestAProgramOfAnotherKindIsNotMadeLean(t *testing.T) {
	all := thinning{fewPieces: true, noLines: true, noNames: true, noIndex: true}
	module := append(aProgramWith(aMemory()), 0, 1, 'c')
	if program, err := lean(module, all); err != nil || !bytes.HasSuffix(program, []byte{0, 1, 'c'}) {
		t.Errorf("the whole program: %q, %v", program, err)
	}
	for i := range module[:len(module)-3] {
		if _, err := lean(module[:i], all); !errors.Is(err, errNotLean) {
			t.Errorf("a program of %d bytes: %v", i, err)
		}
	}
	memory := aMemory()
	for i := range memory {
		if _, err := lean(aProgramWith(memory[:i]), all); i < len(memory)-len("behind") && !errors.Is(err, errNotLean) {
			t.Errorf("a memory of %d bytes: %v", i, err)
		}
	}
	for name, program := range map[string][]byte{
		"other tables":      bytes.Replace(module, []byte("\xf1\xff"), []byte("\xf0\xff"), 1),
		"an open address":   bytes.Replace(module, []byte{0, pieceAddress}, []byte{0, 0x23}, 1),
		"not WebAssembly":   []byte("#!/bin/sh\nexit"),
		"no data":           module[:8],
		"a second memory":   bytes.Replace(module, []byte{0, pieceAddress}, []byte{2, pieceAddress}, 1),
		"twice the tables":  aProgramWith(append(aMemory(), aMemory()...)),
		"no start":          bytes.Replace(module, []byte(starts), []byte("ran"), 1),
		"a start of others": bytes.Replace(module, []byte(starts+"\x00\x01"), []byte(starts+"\x00\x00"), 1),
	} {
		if _, err := lean(program, all); !errors.Is(err, errNotLean) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// aProgramWith is a program that lays out a memory, imports a function and exports its
// own as its start.
func aProgramWith(memory []byte) []byte {
	return linked{
		{importSection, []byte("\x01\x02go\x03now\x00\x00")},
		{functionSection, []byte{1, 0}},
		{exportSection, []byte("\x01\x03" + starts + "\x00\x01")},
		{codeSection, []byte{1, 2, 0, end}},
		{dataSection, writeMemory(memory, zerosBetween)},
	}.bytes()
}
