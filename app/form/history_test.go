package form_test

import (
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/words"
)

func TestTheHistoryIsBoundedAndTakesEachStateOnce(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	var h form.History
	for i := range 3 * form.MaxStates {
		f.Set(form.PathPer, words.Itoa(i))
		h.Note(f)
		h.Note(f)
	}
	if len(h.States) != form.MaxStates || h.At != form.MaxStates-1 {
		t.Fatalf("%d states, at %d", len(h.States), h.At)
	}
	for h.Can(form.Undo) {
		h.Move(f, form.Undo)
	}
	if got := f.Get(form.PathPer); got != words.Itoa(2*form.MaxStates) {
		t.Errorf("the oldest state has %s", got)
	}
}

func TestAnUndoneNumberMeansWhatItMeantInItsLanguage(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	var h form.History
	f.Set("pricing.markupPerMessage", "1.125") // more than a thousand in Vietnamese
	h.Note(f)
	f.Set("pricing.markupPerMessage", "2")
	h.Note(f)
	f.Translate("en")
	h.Move(f, form.Undo)
	if got := f.Get("pricing.markupPerMessage"); got != form.Exact+"1125" || f.Lang != "en" {
		t.Errorf("it is %s in %s", got, f.Lang)
	}
}
