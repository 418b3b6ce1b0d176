package kit

import (
	"strings"
	"testing"
)

// TestAPaceGoesByItsTable holds every state and event to the tables of [Pace].
func TestAPaceGoesByItsTable(t *testing.T) {
	events := map[string]func(p *Pace){
		"key": (*Pace).Key, "painted": (*Pace).Painted, "entered": (*Pace).Entered, "pause": func(p *Pace) { p.Pause() },
	}
	names := map[paceState]string{whole: "whole", keyed: "keyed", typing: "typing", held: "held"}
	// drawn is what a drawing has beside the answer: the rest of the screen, and
	// what waits for a pause, also where there is no answer.
	drawn := func(p Pace) (said string) {
		for _, answered := range []bool{true, false} {
			before := p
			p.Draw(answered)
			for _, drew := range []bool{p.turn > before.turn, p.turnAtRest > before.turnAtRest} {
				said += map[bool]string{true: "+", false: "-"}[drew]
			}
		}
		return said
	}
	for from, row := range map[paceState]string{
		// key, painted, entered, pause; what is drawn with an answer, and without one;
		// whether the pause has something to draw, and whether all is settled
		whole:  "keyed whole whole whole ++++ no settled",
		keyed:  "keyed typing whole held ---- due waits",
		typing: "keyed typing whole whole +-++ due waits",
		held:   "keyed whole whole held ---- no settled",
	} {
		want := strings.Fields(row)
		for i, event := range []string{"key", "painted", "entered", "pause"} {
			p := Pace{state: from, rested: true}
			if events[event](&p); names[p.state] != want[i] {
				t.Errorf("%s after %s: %s, not %s", names[from], event, names[p.state], want[i])
			}
		}
		p := Pace{state: from, rested: true}
		if got := drawn(p); got != want[4] {
			t.Errorf("%s draws %s, not %s", names[from], got, want[4])
		}
		if p.AnswerAlone() != strings.HasPrefix(want[4], "-") {
			t.Errorf("%s: the answer alone: %v", names[from], p.AnswerAlone())
		}
		if due := p.Pause(); due != (want[5] == "due") || p.DueAtRest() != due {
			t.Errorf("%s: at a pause due: %v", names[from], due)
		}
		if p := (Pace{state: from, rested: true}); p.Settled() != (want[6] == "settled") {
			t.Errorf("%s: settled: %v", names[from], p.Settled())
		}
	}
}

func TestTheFirstPauseHasSomethingToDraw(t *testing.T) {
	var p Pace
	if p.Rested() || p.Settled() {
		t.Error("it has rested before the first pause")
	}
	if !p.Pause() || !p.Rested() || !p.Settled() {
		t.Errorf("after the first pause: %+v", p)
	}
	if p.Pause() {
		t.Error("the second one has something to draw too")
	}
}

func TestOnlyTheLastWaitCounts(t *testing.T) {
	var p Pace
	one, first := p.Await()
	two, again := p.Await()
	if !first || again || p.IsLast(one) || !p.IsLast(two) {
		t.Errorf("%d %v, %d %v", one, first, two, again)
	}
}
