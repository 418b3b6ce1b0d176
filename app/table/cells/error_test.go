package cells

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// TestEveryCodeHasWords: the English words of each code and nothing beyond.
func TestEveryCodeHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Code" {
				code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes[code] = true
			}
		}
		return true
	})
	if len(codes) < 30 {
		t.Fatalf("only %d codes were found", len(codes))
	}
	for code := range codes {
		said := (&Error{Code: Code(code), Row: 7, Column: "Phone", Found: "x", Most: 32767}).Error()
		if said == code || strings.ContainsAny(said, "{}") || !strings.HasSuffix(said, ".") {
			t.Errorf("%s says %q", code, said)
		}
	}
	for line := range strings.Lines(errorTexts) {
		if code, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' && !codes[code] {
			t.Errorf("there are words for %q, which is no code", code)
		}
	}
}
