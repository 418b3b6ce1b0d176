package reach

import (
	"errors"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postage/rules"
)

// TestTheEngineTouchesNothingOutside: it reads no clock, file or net, and carries
// nothing that makes a program for the browser large.
func TestTheEngineTouchesNothingOutside(t *testing.T) {
	may := []string{"cmp", "hash/maphash", "maps", "math/big", "math/bits", "slices", "strconv", "strings", "unsafe", "github.com/shopspring/decimal", "postage/rules"}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		looked++
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if path := strings.Trim(spec.Path.Value, `"`); !slices.Contains(may, path) {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
	if looked < 5 {
		t.Errorf("only %d files were looked at", looked)
	}
}

func TestATaskThatCannotBeDoneIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, config string
		purpose      rules.Purpose
		on           rules.Date
		path         string
		code         rules.Code
	}{
		{"a purpose that there is not", `{}`, "greeting", 20261201, "purpose", rules.UnknownValue},
		{"no day", `{}`, rules.Promotion, 0, "on", rules.Required},
		{"a type for something else", `{"ways":[{"type":"zalo.uid.consultation"}]}`, rules.Promotion, 20261201, "ways[0].type", rules.UnknownValue},
		{"a type that there is not", `{"ways":[{"type":"fax"}]}`, rules.Promotion, 20261201, "ways[0].type", rules.UnknownValue},
		{"a type twice", `{"ways":[{"type":"zalo.zns"},{"type":"zalo.zns"}]}`, rules.Promotion, 20261201, "ways[1].type", rules.Conflict},
		{"a tag that the day has not", `{"ways":[{"type":"whatsapp.marketing"},{"type":"zalo.zns","tag":5}]}`, rules.Promotion, 20261201, "ways[1].tag", rules.OutOfRange},
		{"a kind that there is not", `{"ways":[{"type":"zalo.zns","template":{"kind":"coupon"}}]}`, rules.Promotion, 20261201, "ways[0].template.kind", rules.UnknownValue},
		{"a tool that there is not", `{"ways":[{"type":"zalo.zns","tool":"fax"}]}`, rules.Promotion, 20261201, "ways[0].tool", rules.UnknownValue},
		{"a package of another day", `{"sender":{"oaPackage":"growth"}}`, rules.Promotion, 20260101, "sender.oaPackage", rules.UnknownValue},
		{"an hour that there is not", `{"at":"24:00"}`, rules.Promotion, 20261201, "at", rules.OutOfRange},
		{"a mark-up in one of two currencies", `{"pricing":{"markupPerMessage":"1"}}`, rules.Promotion, 20261201, "pricing.currency", rules.Required},
		{"a fact that there is not", `{"columns":{"age":"Tuổi"}}`, rules.Promotion, 20261201, "columns.age", rules.UnknownField},
	} {
		t.Run(c.name, func(t *testing.T) {
			config, err := rules.DecodeListConfig([]byte(c.config))
			if err != nil {
				t.Fatal(err)
			}
			_, err = Prepare(Task{Purpose: c.purpose, On: c.on, ListConfig: config})
			var e *rules.Error
			if !errors.As(err, &e) || e.Path != c.path || e.Code != c.code {
				t.Errorf("%v, not %s %s", err, c.path, c.code)
			}
		})
	}
}

// told is all that a rule says of a person by a way, worked out from the person's own
// facts.
func told(t testing.TB, o *oracle, k *kind) (text string) {
	for i := range o.ways {
		p := o.plan([]int{i}, 1)
		s := p.Scenario(0, p.Items[0].On)
		g := segmentOf(o.m, k, o.ways[i].Message.Type)
		g.Recipients = rules.Some[int64](1)
		s.Audience = []rules.Segment{g}
		s.Sender.FreeServiceUsed, s.Sender.IncludedMessages, s.Sender.FreeConversationsUsed = rules.MaxCount, 0, rules.Some[int64](rules.MaxCount)
		q, err := rules.Evaluate(s)
		if err != nil {
			text += "no country;"
			continue
		}
		for _, c := range q.Segments[0].Checks {
			text += c.Code + string(c.Outcome)
			for _, path := range c.Needs {
				if !strings.HasSuffix(path, ".receivedThisMonth") { // which is 0 where it is not known
					text += path
				}
			}
		}
		for _, l := range q.Lines {
			if l.TierFrom > 0 {
				text += l.Market
			}
			text += l.Gross.String()
		}
		text += howToReach(o.ways[i].Message.Type, q.Segments[0].Checks, &k.contact) + ";"
	}
	return text
}

// howToReach is what is known of how to reach a person on a platform, where the rules take
// it for granted.
func howToReach(kind rules.MessageType, checks []rules.Check, c *Contact) string {
	looks := slices.ContainsFunc(checks, func(c rules.Check) bool { return c.Code == "window" || c.Code == "consent" })
	switch {
	case kind.Platform() == "whatsapp" && c.Phone == 0:
		return " no number"
	case kind.Platform() != "messenger" || looks || c.MessengerToken.Or(false):
		return ""
	case c.MessengerLast.IsNever():
		return " never wrote"
	case !c.MessengerLast.Known():
		return " may have written"
	}
	return ""
}

// TestWhomNoRuleTellsApartIsOneSegment: people are in one segment if and only if every
// way says the same of them, by their own hours, countries and numbers.
func TestWhomNoRuleTellsApartIsOneSegment(t *testing.T) {
	apart, together := 0, 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 4))
		m := made{task: makeUp(r, forBundle)}
		for range 12 {
			m.kinds = append(m.kinds, makeUpPeople(r, &m.task, forBundle)...)
		}
		w, err := Prepare(m.task)
		if err != nil {
			t.Fatal(err)
		}
		people := map[Key]int64{}
		for k := range m.kinds {
			m.kinds[k].contact.ReceivedThisMonth = CountOf(pick[int64](r, 0, 0, 1, 2, 3, 4, 29, 30, 31, 40))
			if m.kinds[k].key, err = w.Key(&m.kinds[k].contact); err != nil {
				t.Fatal(err)
			}
			people[m.kinds[k].key]++
		}
		a := w.Plan(people)
		o := newOracle(t, &m, false)
		segments := map[string]int{}
		texts := map[int]string{}
		for k := range m.kinds {
			text, n := told(t, o, &m.kinds[k]), a.Segment(m.kinds[k].key)
			if before, ok := segments[text]; ok && before != n {
				t.Fatalf("task %d: alike and in segments %d and %d: %s\n%+v", seed, before, n, text, m.kinds[k].contact)
			} else if ok {
				together++
			}
			if before, ok := texts[n]; ok && before != text {
				t.Fatalf("task %d: in one segment: %s\nand %s\n%+v", seed, before, text, m.kinds[k].contact)
			}
			segments[text], texts[n] = n, text
		}
		apart += len(segments)
		if !slices.IsSortedFunc(a.Segments, func(x, y Segment) int {
			if x.Key < y.Key {
				return -1
			}
			return 1
		}) {
			t.Errorf("task %d: the segments are out of order", seed)
		}
	}
	if apart < 200 || together < 200 {
		t.Errorf("%d segments, %d people who were alike", apart, together)
	}
}

func TestHoursAreThoseOfTheMinute(t *testing.T) {
	w := prepared(t, `{"at":"09:00","ways":[{"type":"messenger.standard"}]}`)
	for _, c := range []struct {
		m    Moment
		want bool
	}{
		{At(20261130, 9*60), true}, {At(20261130, 9*60-1), false},
		{On(20261201), true}, {On(20261130), false}, // a day is its first minute
	} {
		k, err := w.Key(&Contact{MessengerLast: c.m})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.term(w.ways[0], k).sure; got != c.want {
			t.Errorf("%s %d: inside the window: %v", c.m.Day(), c.m.Minute(), got)
		}
	}
	// Without an hour it is sent in the last minute of the day.
	w = prepared(t, `{"ways":[{"type":"messenger.standard"}]}`)
	for m, want := range map[Moment]bool{At(20261130, 24*60-1): true, At(20261130, 24*60-2): false, On(20261201): true} {
		k, err := w.Key(&Contact{MessengerLast: m})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.term(w.ways[0], k).sure; got != want {
			t.Errorf("%s %d: inside the window: %v", m.Day(), m.Minute(), got)
		}
	}
}

func TestWhatIsOlderThanTenYearsIsTaken(t *testing.T) {
	w := prepared(t, `{}`)
	k, err := w.Key(&Contact{UID: "u", ZaloLast: On(19991231)})
	if err != nil {
		t.Fatal(err)
	}
	if a := w.Plan(map[Key]int64{k: 3}); a.Sure.People != 3 {
		t.Errorf("%+v", a.Sure)
	}
}

func TestAMessageNeedsAnAddress(t *testing.T) {
	w := preparedFor(t, rules.TransactionUpdate, 20261201, `{"sender":{"country":"VN"},"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}},`+
		`"ways":[{"type":"messenger.utility-message","template":{"approved":true}},{"type":"whatsapp.utility","template":{"approved":true}}]}`)
	vn := CountryOf("VN")
	for _, c := range []struct {
		name      string
		c         Contact
		sure, may bool
	}{
		{"nothing known of Messenger", Contact{}, false, true},
		{"never wrote to the page", Contact{MessengerLast: Never()}, false, false},
		{"wrote to the page", Contact{MessengerLast: On(20200101)}, true, true},
		{"has a token", Contact{MessengerToken: rules.Some(true)}, true, true},
		{"opted in on WhatsApp, without a number", Contact{MessengerLast: Never(), WhatsAppOptedIn: rules.Some(true), Country: vn}, false, true},
		{"opted in on WhatsApp", Contact{MessengerLast: Never(), WhatsAppOptedIn: rules.Some(true), Country: vn, Phone: 84}, true, true},
		{"opted in, of no country", Contact{MessengerLast: Never(), WhatsAppOptedIn: rules.Some(true), Phone: 1}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, err := w.Key(&c.c)
			if err != nil {
				t.Fatal(err)
			}
			a := w.Plan(map[Key]int64{k: 2})
			if sure, may := a.Sure.Reached == 2, a.Depends.Reached == 2; sure != c.sure || may != c.may {
				t.Errorf("reached for sure %v, perhaps %v; %+v", sure, may, a.Sure.Unreached)
			}
		})
	}
}

// TestEveryFieldOfASegmentIsAFactOfAContact: a new field of people is one that contacts
// have, or stands here with those that they have not.
func TestEveryFieldOfASegmentIsAFactOfAContact(t *testing.T) {
	without := []string{
		"audience.name", "audience.recipients", // of a segment as a whole
		"audience.interactions", "audience.freeUsed", "audience.freeEntryPoint", "audience.deliveredPercent", // lists hardly have them: as if not given
	}
	for _, f := range rules.Fields() {
		if !strings.HasPrefix(f.Path, "audience.") {
			continue
		}
		isFact := slices.ContainsFunc(rules.MessageTypes(""), func(kind rules.MessageType) bool { return lookedAt(f.Path, kind) != 0 })
		if isFact == slices.Contains(without, f.Path) {
			t.Errorf("%s: contacts have it: %v", f.Path, isFact)
		}
	}
	for i := range contactFacts {
		found := false
		for _, f := range rules.Fields() {
			for _, kind := range rules.MessageTypes("") {
				found = found || factOf(f.Path, kind) == contactFacts[i].Name
			}
		}
		if !found {
			t.Errorf("no field of a segment is %s", contactFacts[i].Name)
		}
	}
}
