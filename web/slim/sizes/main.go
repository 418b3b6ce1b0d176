// Command sizes measures what each piece of package slim saves: it compiles the
// calculator and the core with all of the pieces, then without one after the
// other, and without any, and prints how much larger they are, in bytes as
// brotli. README.md beside the package has its table.
//
//	go run ./web/slim/sizes [piece …]
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"postage/web/internal/source"
	"postage/web/site"
	"postage/web/slim"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sizes:", err)
		os.Exit(1)
	}
}

func run(names []string, stdout io.Writer) error {
	tree, err := source.Find()
	if err != nil {
		return err
	}
	all, err := slim.New(tree)
	if err != nil {
		return err
	}
	small, err := measure(tree, all)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "| piece | calculator | core |\n|---|--:|--:|\n| with all of them | %s | %s |\n", figure(small[0]), figure(small[1]))
	if len(names) == 0 {
		names = slim.Pieces()
	}
	for _, name := range names {
		compiler, err := slim.New(tree, name)
		if err != nil {
			return err
		}
		larger, err := measure(tree, compiler)
		if err != nil {
			return fmt.Errorf("without %s: %w", name, err)
		}
		fmt.Fprintf(stdout, "| `%s` | %s | %s |\n", name, figure(larger[0]-small[0]), figure(larger[1]-small[1]))
	}
	large, err := measure(tree, slim.Plain(tree))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "| without any | %s | %s |\n", figure(large[0]), figure(large[1]))
	return nil
}

// measure returns how large the calculator and the core are, as brotli. What was
// compressed once is kept, for most pieces leave the core as it is.
func measure(tree source.Tree, compiler *slim.Compiler) (sizes [2]int, err error) {
	for i, program := range []string{"./wasm", "./wasm/core"} {
		wasm, err := compiler.Compile(program)
		if err != nil {
			return sizes, err
		}
		packed, err := site.Encodings()[0].Compress(tree.Path(source.Kept("compressed")), wasm)
		if err != nil {
			return sizes, err
		}
		sizes[i] = len(packed)
	}
	return sizes, nil
}

// figure writes a number with commas between thousands.
func figure(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "−", -n
	}
	digits := fmt.Sprint(n)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), ",")
}
