package flow_test

import (
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
