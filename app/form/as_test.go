package form_test

import (
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/rules"
)

// Who sends replies has mostly just been written to, so that question starts with
// "today". A link says so of the people; who goes on to an offer has not.
func TestWhatAQuestionStartedWithIsNotSaidForAnotherType(t *testing.T) {
	const last = "audience[0].hoursSinceInteraction"
	f := formtest.FormWith(map[string]string{form.PathType: string(rules.WhatsAppService)})
	start := f.Get(last)
	if start == "" {
		t.Fatal("the question has no start")
	}
	f.Set(last, start) // as opening a link does
	f.Set(form.PathType, string(rules.WhatsAppMarketing))
	if got := f.Get(last); got != "" {
		t.Errorf("of the people of an offer it says %q", got)
	}
	f.Set(last, "36")
	f.Set(form.PathType, string(rules.WhatsAppUtility))
	if got := f.Get(last); got != "36" {
		t.Errorf("what was said has become %q", got)
	}
}
