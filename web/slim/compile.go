package slim

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"postage/web/internal/source"
)

// KnownGo is the release of Go whose standard library the stand-ins fit, and the
// memory of whose programs [lean] knows. Any other compiles the same program,
// only larger: the tests of the sizes tell that a new one wants looking at.
const KnownGo = "go1.26"

// A Compiler compiles programs of the repository for WebAssembly, each once.
type Compiler struct {
	tree   source.Tree
	pieces []piece
	known  func() (bool, error)

	mu       sync.Mutex
	compiled map[string]func() ([]byte, error)
}

// New returns a compiler that makes programs smaller by every piece but those
// that are named, and those that need them.
func New(tree source.Tree, without ...string) (*Compiler, error) {
	for _, name := range without {
		if !slices.Contains(Pieces(), name) {
			return nil, fmt.Errorf("there is no piece %q; there are %s", name, strings.Join(Pieces(), ", "))
		}
	}
	c := Plain(tree)
	c.pieces = slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool { return slices.Contains(without, p.name) })
	for { // what needs something that is not there goes too, and what needs that
		rest := slices.DeleteFunc(slices.Clone(c.pieces), func(p piece) bool {
			return slices.ContainsFunc(p.needs, func(name string) bool { return !c.has(name) })
		})
		if len(rest) == len(c.pieces) {
			return c, nil
		}
		c.pieces = rest
	}
}

// Plain returns a compiler that leaves everything to the go command.
func Plain(tree source.Tree) *Compiler {
	return &Compiler{tree: tree, compiled: map[string]func() ([]byte, error){}, known: sync.OnceValues(func() (bool, error) {
		version, err := tree.GoVersion()
		return version == KnownGo || strings.HasPrefix(version, KnownGo+"."), err
	})}
}

// Pieces are the names of what makes programs smaller.
func Pieces() []string {
	var names []string
	for _, p := range pieces {
		names = append(names, p.name)
	}
	return names
}

// Fits reports whether the Go that compiles is the one that all of the pieces
// are made for; some of them are left out with any other.
func (c *Compiler) Fits() (bool, error) { return c.known() }

func (c *Compiler) has(name string) bool {
	return slices.ContainsFunc(c.pieces, func(p piece) bool { return p.name == name })
}

// Compile returns a program of the repository, such as "./wasm". What it returns
// is shared and not to be changed.
func (c *Compiler) Compile(program string) ([]byte, error) {
	c.mu.Lock()
	once := c.compiled[program]
	if once == nil {
		once = sync.OnceValues(func() ([]byte, error) { return c.compile(program) })
		c.compiled[program] = once
	}
	c.mu.Unlock()
	return once()
}

func (c *Compiler) compile(program string) ([]byte, error) {
	flags, err := c.flags()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "postage-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	args := slices.Concat([]string{"build"}, flags, []string{"-buildvcs=false", "-trimpath", "-ldflags=-s -w -buildid="})
	if c.has(apart) && !slices.Contains(quick, program) {
		args = append(args, compilerFlags...)
	}
	// Two at once would compile the same packages twice.
	if err := source.Alone(c.tree.Path(source.Kept("compile.lock")), func() error {
		_, err := c.tree.GoForBrowser(append(args, "-o", out, program)...)
		return err
	}); err != nil {
		return nil, err
	}
	linked, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	if known, err := c.known(); err != nil || !known {
		return linked, err
	}
	return lean(linked, thinning{fewPieces: c.has(memory), noLines: c.has(lines), noNames: c.has(names), noIndex: c.has(places)})
}

// List is go list for the browser, with the modules and packages that programs
// are compiled from.
func (c *Compiler) List(args ...string) ([]byte, error) {
	flags, err := c.flags()
	if err != nil {
		return nil, err
	}
	return c.tree.GoForBrowser(slices.Concat([]string{"list"}, flags, args)...)
}

// flags are those with which the go command sees the copied modules and the
// stand-ins.
func (c *Compiler) flags() (flags []string, err error) {
	modfile, err := c.writeModules()
	if err != nil {
		return nil, err
	}
	if modfile != "" {
		flags = append(flags, "-modfile="+modfile)
	}
	if known, err := c.known(); err != nil || !known {
		return flags, err
	}
	overlay, err := c.writeOverlay()
	if err != nil {
		return nil, err
	}
	if overlay != "" {
		flags = append(flags, "-overlay="+overlay)
	}
	return flags, nil
}
