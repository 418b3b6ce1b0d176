package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestHostingNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "it takes one host"},
		{[]string{"apache"}, "apache"},
		{[]string{"nginx", "-root", "srv"}, "-root"},
		{[]string{"nginx", "-root", "/srv; }"}, "-root"},
		{[]string{"caddy", "-base", "x"}, "-base"},
		{[]string{"caddy", "-origin", "https://a.example; script-src *"}, "-origin"},
	} {
		var stderr bytes.Buffer
		if code := run(append([]string{"hosting"}, c.args...), nil, io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), c.want) {
			t.Errorf("%q: %d %s", c.args, code, stderr.String())
		}
	}
}
