package site

import (
	"strings"
	"testing"
)

func TestScriptsAndStylesLoseWhatOnlyTheirReadersNeed(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"sum.js", "// A sum.\n(() => {\n\tconst first = 1;\n\twindow.sum = first + Number(location.hash);\n})();\n", "(()=>{const e=1;window.sum=e+Number(location.hash)})()"},
		{"list.css", "/* A list. */\n.list {\n\tcolor: var(--ink);\n}\n", ".list{color:var(--ink)}"},
		{"words.txt", "// as it is\n", "// as it is\n"},
	} {
		if got, err := minified(c.name, []byte(c.content)); string(got) != c.want || err != nil {
			t.Errorf("%s becomes %q, %v", c.name, got, err)
		}
	}
	if _, err := minified("boot.js", []byte("(() => {")); err == nil || !strings.Contains(err.Error(), "boot.js") {
		t.Errorf("of a broken script is said: %v", err)
	}
}
