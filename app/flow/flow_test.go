package flow_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"postage/app/flow"
	"postage/app/words"
	"postage/rules"
)

const today = "2026-11-29"

// TestEveryWorkedFlowCanBeSent: what one begins with has a name and a price, goes out
// whole, and costs what its plan does.
func TestEveryWorkedFlowCanBeSent(t *testing.T) {
	for _, code := range words.Codes {
		w := words.Of(code)
		for _, id := range flow.IDs() {
			f := flow.New(id, today, code)
			a := f.Answer(w)
			if !a.Answered || a.Quote.Quote == nil || !a.Quote.Quote.Priced || len(a.Quote.PerCustomer) != 1 {
				t.Errorf("%s in %s: %+v", id, code, a)
				continue
			}
			if !w.Has("flow." + id) {
				t.Errorf("%s has no name in %s", id, code)
			}
			for i, s := range a.Quote.Steps {
				if !w.Has("flow." + id + "." + f.Name(i)) {
					t.Errorf("step %s of %s has no name in %s", f.Name(i), id, code)
				}
				if s.People == 0 || s.Item < 0 || s.Verdict == rules.Ineligible || s.Verdict == rules.Depends {
					t.Errorf("step %s of %s goes to %d: %s %+v", f.Name(i), id, s.People, s.Verdict, a.Quote.Quote.Items[s.Item].Checks)
				}
			}
		}
	}
	if len(flow.IDs()) != 4 {
		t.Errorf("there are %d flows to start from", len(flow.IDs()))
	}
}

// TestAFlowBeginsOnTheFirstOfTheNextMonth: new customers come on it.
func TestAFlowBeginsOnTheFirstOfTheNextMonth(t *testing.T) {
	for on, first := range map[string]string{"2026-11-29": "2026-12-01", "2026-12-31": "2027-01-01", "2027-01-01": "2027-02-01"} {
		if f := flow.New("shop", on, "vi"); f.On != first {
			t.Errorf("on %s customers come on %s", on, f.On)
		}
	}
}

// TestAFlowIsWorkedOutAsItIsTyped: in the notation of the language, with a mistake at
// the field that has it.
func TestAFlowIsWorkedOutAsItIsTyped(t *testing.T) {
	w := words.Of("vi")
	f := flow.New("courier", today, "vi")
	f.Set(flow.PathCustomers, "1.000")
	f.Set(flow.StepPath(2, "share"), "12,5 %")
	a := f.Answer(w)
	if !a.Answered || a.Quote.Steps[2].People != 125 {
		t.Errorf("%+v", a)
	}
	for path, typed := range map[string]string{
		flow.PathCustomers: "nhiều", flow.PathOn: "hôm nay", flow.StepPath(0, "day"): "366",
		flow.StepPath(1, "share"): "101", flow.StepPath(2, "answer"): "0,001",
	} {
		f := flow.New("courier", today, "vi")
		f.Set(path, typed)
		a := f.Answer(w)
		m, wrong := a.MistakeAt(path)
		if a.Answered || !wrong || !w.Has(m.Key) || len(a.Mistakes) != 1 {
			t.Errorf("%s at %s: %+v", typed, path, a.Mistakes)
		}
	}
	f = flow.New("courier", today, "vi")
	f.Set(flow.StepPath(1, "share"), "")
	if a := f.Answer(w); a.Quote.Verdict != rules.Depends || a.Quote.Steps[1].Counted {
		t.Errorf("without a share: %+v", a.Quote.Verdict)
	}
}

// TestStepsAreCopiedAndTakenOut: a copy is a step of its own, with the way that was
// taken for it.
func TestStepsAreCopiedAndTakenOut(t *testing.T) {
	w := words.Of("vi")
	f := flow.New("shop", today, "vi")
	if !f.Copy(5) || len(f.Steps) != 7 || f.Name(6) != f.Name(5) {
		t.Fatalf("copied: %+v", f.Steps)
	}
	f.Set(flow.StepPath(6, "day"), "21")
	a := f.Answer(w)
	if !a.Answered || a.Quote.Steps[6].On.String() != "2026-12-22" || a.Quote.Steps[5].On.String() != "2026-12-15" {
		t.Errorf("%+v", a.Mistakes)
	}
	if !f.Remove(0) || len(f.Steps) != 6 || f.Name(0) != "order" {
		t.Errorf("taken out: %+v", f.Steps)
	}
	for f.Remove(0) {
	}
	if len(f.Steps) != 1 {
		t.Errorf("%d steps are left", len(f.Steps))
	}
	for f.Copy(0) {
	}
	if len(f.Steps) != rules.MaxSteps {
		t.Errorf("there is room for %d steps", len(f.Steps))
	}
}

// TestAStepGoesAnotherWay: each way that is offered can be taken, and costs what it said.
func TestAStepGoesAnotherWay(t *testing.T) {
	w := words.Of("vi")
	for _, id := range flow.IDs() {
		first := flow.New(id, today, "vi")
		answer := first.Answer(w)
		for i := range first.Steps {
			ways := answer.Ways(i)
			chosen := 0
			for n := range ways {
				o := &ways[n]
				if o.Type == first.Kind(i) {
					chosen++
				} else if o.Verdict() == rules.Ineligible {
					t.Errorf("step %d of %s is offered %s, which may not be sent", i, id, o.Type)
				}
				if n > 0 && ways[n-1].Verdict() == rules.Depends && o.Verdict() == rules.Eligible {
					t.Errorf("step %d of %s: %s comes after what depends", i, id, o.Type)
				}
				f := flow.New(id, today, "vi")
				people, cost := f.Swapped(i, o, w)
				f.Swap(i, o)
				a := f.Answer(w)
				if q := a.Quote.Quote.Items[a.Quote.Steps[i].Item]; people != q.Deliverable || !slices.EqualFunc(cost, q.Totals, func(one, other rules.Total) bool { return one.Gross.Equal(other.Gross) }) {
					t.Errorf("step %d of %s by %s goes to %d for %v, and was said to go to %d for %v", i, id, o.Type, q.Deliverable, q.Totals, people, cost)
				}
				if !a.Answered || f.Kind(i) != o.Type {
					t.Errorf("step %d of %s by %s: %+v", i, id, o.Type, a.Mistakes)
					continue
				}
				if o.Verdict() == rules.Eligible && a.Quote.Steps[i].Verdict != rules.Eligible {
					t.Errorf("step %d of %s by %s: %s", i, id, o.Type, a.Quote.Steps[i].Verdict)
				}
			}
			if len(ways) < 2 || chosen != 1 {
				t.Errorf("step %d of %s has %d ways, %d of them its own", i, id, len(ways), chosen)
			}
		}
	}
}

type memory map[string]string

func (m memory) Read(key string) (string, bool) { return m[key], true }
func (m memory) Write(key, text string) bool    { m[key] = text; return true }

// TestAFlowIsKeptAsItIsTyped: with its mistakes, and the ways that were taken.
func TestAFlowIsKeptAsItIsTyped(t *testing.T) {
	w, device := words.Of("vi"), memory{}
	for _, id := range flow.IDs() {
		f := flow.New(id, today, "vi")
		f.Swap(0, &f.Answer(w).Ways(0)[1])
		f.Copy(0)
		f.Set(flow.StepPath(1, "share"), "12,")
		if !flow.Store(device, &f) {
			t.Fatal("it is not kept")
		}
		if got := flow.Stored(device); got == nil || !reflect.DeepEqual(*got, f) {
			t.Errorf("%s: %+v\nbecame %+v", id, f, got)
		}
	}
	if flow.Store(device, nil); flow.Stored(device) != nil {
		t.Error("a flow is left")
	}
}

// TestNoBadFlowIsTakenUp: what is stored can be changed by anybody.
func TestNoBadFlowIsTakenUp(t *testing.T) {
	const good = `{"v":1,"id":"shop","on":"2026-12-01","customers":"5","lang":"vi","steps":[{"day":"0","item":0}]}`
	if flow.Stored(memory{flow.Key: good}) == nil {
		t.Fatal("a good one is not taken up")
	}
	for _, change := range [][2]string{
		{`"v":1`, `"v":2`}, {"shop", "bank"}, {`"vi"`, `"fr"`}, {`"item":0`, `"item":6`}, {`"item":0`, `"item":-1`}, {`[{"day":"0","item":0}]`, `[]`},
		{`"item":0`, `"item":0,"other":{"on":1}`}, {`"5"`, `"` + strings.Repeat("5", 300) + `"`}, {`}]}`, ``},
	} {
		if f := flow.Stored(memory{flow.Key: strings.Replace(good, change[0], change[1], 1)}); f != nil {
			t.Errorf("with %s: %+v", change[1], f)
		}
	}
}
