package contacts_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/contacts"
	"postage/rules"
	"postage/rules/reach"
)

// TestEveryChoiceCanBePlanned: with whatever ways, on whatever day of the book, the
// rules take the configuration, or there is no way at all.
func TestEveryChoiceCanBePlanned(t *testing.T) {
	planned := 0
	for _, on := range []rules.Date{20231001, 20240601, 20250301, 20251215, 20260601, 20261201, 20270301} {
		for _, purpose := range rules.Purposes() {
			for _, way := range contacts.Ways() {
				for _, one := range append(rules.OAPackages(on), "") {
					c := contacts.Choices{Purpose: purpose, On: on, Ways: []contacts.Way{way}, Package: one}
					if !c.IsSound() {
						t.Fatalf("%+v is not sound", c)
					}
					config := c.Config()
					for _, w := range config.Ways {
						if contacts.WayOf(w.Message.Type) != way {
							t.Errorf("%s goes by %s", w.Message.Type, way)
						}
					}
					if len(config.Ways) == 0 {
						continue
					}
					planned++
					if _, err := reach.Prepare(reach.Task{Purpose: purpose, On: on, ListConfig: config}); err != nil {
						t.Errorf("%s by %s on %s: %v", purpose, way, on, err)
					}
				}
			}
		}
	}
	if planned < 300 {
		t.Errorf("only %d choices were planned", planned)
	}
}

func TestChoicesAreKeptAsTheyAre(t *testing.T) {
	c := contacts.SampleChoices(20261201)
	text, err := json.Marshal(&c)
	if err != nil {
		t.Fatal(err)
	}
	var back contacts.Choices
	if err := json.Unmarshal(text, &back); err != nil || !back.IsSound() {
		t.Fatal(err, back)
	}
	again, err := json.Marshal(&back)
	if err != nil || string(again) != string(text) {
		t.Errorf("%s, not %s", again, text)
	}
}

func TestChoicesThatNobodyCouldMakeAreNotTakenUp(t *testing.T) {
	none := int64(0)
	rate := decimal.NewFromInt(-1)
	for name, spoil := range map[string]func(*contacts.Choices){
		"a purpose":    func(c *contacts.Choices) { c.Purpose = "spam" },
		"a way":        func(c *contacts.Choices) { c.Ways = []contacts.Way{"sms"} },
		"a package":    func(c *contacts.Choices) { c.Package = "silver" },
		"less sent":    func(c *contacts.Choices) { c.Care[0].N = -1 },
		"half a month": func(c *contacts.Choices) { c.Care[0].Month++ },
		"none a day":   func(c *contacts.Choices) { c.Daily = &none },
		"off and on":   func(c *contacts.Choices) { c.Off = c.Ways[:1] },
		"off":          func(c *contacts.Choices) { c.Off = []contacts.Way{"sms"} },
		"a rate":       func(c *contacts.Choices) { c.Rate = &rate },
	} {
		c := contacts.SampleChoices(20261201)
		if spoil(&c); c.IsSound() {
			t.Errorf("%s: %+v is sound", name, c)
		}
	}
}

func TestWaysAreChosenAndLeft(t *testing.T) {
	c := contacts.Default(20261201)
	c.Set(contacts.WhatsApp, true)
	c.Set(contacts.ZNS, false)
	c.Set(contacts.UID, true)
	if !slices.Equal(c.Ways, []contacts.Way{contacts.OA, contacts.Messenger, contacts.WhatsApp, contacts.UID}) {
		t.Errorf("%v", c.Ways)
	}
}

// TestWhatIsSwitchedOffIsToldFromWhatIsNotThere: by hand alone, once, until it is chosen again.
func TestWhatIsSwitchedOffIsToldFromWhatIsNotThere(t *testing.T) {
	c := contacts.Default(20261201)
	c.Set(contacts.Messenger, false)
	if len(c.Without()) > 0 {
		t.Errorf("%v is not there, and counts as switched off", c.Without())
	}
	c.Switch(contacts.Messenger, false)
	c.Switch(contacts.WhatsApp, false)
	c.Switch(contacts.WhatsApp, true)
	c.Switch(contacts.Messenger, false)
	if !slices.Equal(c.Off, []contacts.Way{contacts.Messenger}) || !c.Has(contacts.WhatsApp) || !c.IsSound() {
		t.Errorf("%+v", c)
	}
	c.Purpose = rules.AnswerQuestion
	for _, kind := range rules.TypesFor(c.Purpose) {
		if slices.Contains(c.Without(), kind) != (contacts.WayOf(kind) == contacts.Messenger) {
			t.Errorf("%s is among %v, or ought to be", kind, c.Without())
		}
	}
	if c.Set(contacts.Messenger, true); len(c.Off) > 0 {
		t.Errorf("%v is switched off and there", c.Off)
	}
}

// TestAnswersGoByHandWhereThePackageHasNoProgram, as broadcasts do.
func TestAnswersGoByHandWhereThePackageHasNoProgram(t *testing.T) {
	on := rules.Date(20261201)
	for _, p := range append(rules.OAPackages(on), "") {
		c := contacts.Choices{Purpose: rules.AnswerQuestion, On: on, Ways: contacts.Ways(), Package: p}
		byHand, found := false, false
		for _, way := range c.Config().Ways {
			if way.Message.Type == rules.ZaloConsultation {
				byHand, found = way.Tool == rules.OAManagerWeb, true
			}
		}
		if want := p != "" && !rules.HasAPI(p, on); !found || byHand != want {
			t.Errorf("with the package %q they are among the ways: %v, by hand: %v", p, found, byHand)
		}
	}
	if rules.HasAPI(rules.PackageBasic, on) || !rules.HasAPI(rules.PackageGrowth, on) {
		t.Error("the packages with a program are others")
	}
}
