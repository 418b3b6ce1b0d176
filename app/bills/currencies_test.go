package bills

import (
	"testing"

	iso "golang.org/x/text/currency"
)

// TestTheCodesOfCurrenciesAreThoseOfISO4217: all words of three letters are held against
// the library's.
func TestTheCodesOfCurrenciesAreThoseOfISO4217(t *testing.T) {
	known := 0
	for n := range 26 * 26 * 26 {
		code := string([]byte{byte('A' + n/676), byte('A' + n/26%26), byte('A' + n%26)})
		_, err := iso.ParseISO(code)
		if isoCodes()[code] != (err == nil) {
			t.Errorf("%s is a code: %v, in the library %v", code, isoCodes()[code], err == nil)
		}
		if err == nil {
			known++
		}
	}
	if known < 150 || len(isoCodes()) != known {
		t.Errorf("%d codes, %d in the library", len(isoCodes()), known)
	}
}
