package browsers

import (
	"encoding/json"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTypingHoldsOthersDownMeanwhile(t *testing.T) {
	got, err := json.Marshal(Typing("a\r", chromedp.ModifierShift))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"actions":[{"type":"keyDown","value":"` + "\ue008" + `"},` +
		`{"type":"keyDown","value":"a"},{"type":"keyUp","value":"a"},` +
		`{"type":"keyDown","value":"` + "\ue007" + `"},{"type":"keyUp","value":"` + "\ue007" + `"},` +
		`{"type":"keyUp","value":"` + "\ue008" + `"}],"id":"keyboard","type":"key"}`
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
