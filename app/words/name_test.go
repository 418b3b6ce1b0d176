package words

import (
	"strings"
	"testing"
)

func TestANameIsOneShortLine(t *testing.T) {
	long := strings.Repeat("ă", 100)
	for in, want := range map[string]string{
		"": "", " a \n b\t": "a b", long: long[:2*MaxName], "Hoa\u202e Mai\u200b": "Hoa Mai", "a\x00b\x7f": "a b", "Đại lý A": "Đại lý A",
	} {
		if got := ShortName(in); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
		if again := ShortName(want); again != want {
			t.Errorf("%q becomes %q", want, again)
		}
	}
	// A cut leaves no space at the end.
	if got := OneLine("Hoa Mai", 4); got != "Hoa" {
		t.Errorf("cut to four it is %q", got)
	}
}
