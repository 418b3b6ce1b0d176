package rules

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// candidates are values of a field that tell much apart, as what the field points
// to holds them; nil stands for one that is not given.
func candidates(f *Field, on Date) []any {
	list := []any{nil}
	counts := func(numbers ...int64) {
		for _, n := range numbers {
			if f.Least <= n && n <= f.Most {
				list = append(list, n)
			}
		}
	}
	switch f.Kind {
	case KindCount:
		for _, w := range f.Words(on) {
			list = append(list, must(decimal.NewFromString(w)).IntPart())
		}
		if f.words == nil {
			counts(f.Least, f.Least+1, 3, 7, 8, 249, 993, 1001, 19_999, 20_000, 150_001, f.Most)
		}
	case KindAmount, KindPercent, KindRate:
		list = append(list, decimal.RequireFromString("12.5"), decimal.RequireFromString("0.001"))
	case KindYesNo, KindFlag:
		list = append(list, true, false)
	case KindChoice:
		for _, w := range f.Words(on) {
			list = append(list, w)
		}
	case KindHours:
		list = append(list, Never())
		for _, h := range []string{"0", "12", "24", "24.5", "48", "48.5", "120", "168", "168.5", "8760", "8760.5", "87600"} {
			list = append(list, HoursAgo(decimal.RequireFromString(h)))
		}
	case KindShare:
		for _, share := range []string{"0", "50", "33.33", "100"} {
			list = append(list, decimal.RequireFromString(share))
		}
	case KindCountry:
		for _, c := range []string{"VN", "US", "IN", "BR", "DE", "FR", "JP", "EG", "PL", "KZ", "ZA", "PH", "CO", "RU", "CU"} {
			list = append(list, c)
		}
	case KindDay:
		for _, d := range []Date{20250102, 20251209, 20251210, 20260801} {
			list = append(list, d)
		}
	case KindTime:
		list = append(list, "06:30", "12:00", "22:30")
	case KindTargets:
		for n := int64(1); n <= MaxButtons; n++ {
			list = append(list, Buttons{Count: n})
		}
		for i, target := range ButtonTargets() {
			list = append(list, Buttons{Targets: []ButtonTarget{target}}, Buttons{Targets: []ButtonTarget{ButtonTargets()[(i+3)%11], target}})
		}
	case KindText:
		list = append(list, "x")
	case KindCurrency:
		list = append(list, "EUR")
	}
	return list
}

// set puts a value, of a pair its first half.
func set(to, value any) {
	if _, pair := to.(*Opt[[2]int64]); pair && value != nil {
		value = [2]int64{value.(int64), 11}
	}
	if !put(to, value) {
		panic(fmt.Sprintf("%T does not take %T", to, value))
	}
}

// now is the value that put would set again.
func now(from any) any {
	if !given(from) {
		return nil
	}
	return taken(from)
}

// draw makes up a scenario of a type on a day: each field has one of its values,
// half of them none.
func draw(r *rand.Rand, t MessageType, on Date) Scenario {
	s := Scenario{On: on, Message: Message{Type: t}, Audience: make([]Segment, 1+r.IntN(3)), Assume: map[string]string{}}
	fill := func(list []Field, g *Segment) {
		for i := range list {
			f := &list[i]
			if f.Path == "on" || f.Path == "message.type" || f.Path == "audience.name" || !f.RequiredFor(t) && r.IntN(2) == 0 {
				continue
			}
			values := candidates(f, on)
			set(f.value(&s, g), values[1+r.IntN(len(values)-1)])
		}
	}
	fill(ownFields, nil)
	fill(messageFields, nil)
	fill(templateFields, nil)
	for g := range s.Audience {
		fill(segmentFields, &s.Audience[g])
		s.Audience[g].Recipients = Some([]int64{1, 7, 1001, 150_001, 3_000_000}[r.IntN(5)])
	}
	fill(senderFields, nil)
	fill(pricingFields, nil)
	if s.Sender.DailyQuota.Known() || quotaConversion.on(on) == nil {
		s.Sender.OldDailyQuota = Opt[int64]{}
	}
	for i := range theBook.readings {
		if values := theBook.readings[i].values; r.IntN(2) == 0 {
			s.Assume[theBook.readings[i].id] = values[r.IntN(len(values))]
		}
	}
	if r.IntN(4) == 0 {
		s.Pricing.Convert = Some(Conversion{"RUB", map[string]decimal.Decimal{"VND": decimal.New(3, -3), "USD": decimal.NewFromInt(80), "EUR": decimal.NewFromInt(90)}})
	}
	return s
}

// answerText writes the answer to a scenario over a text, and reports false where
// it is refused.
func answerText(s *Scenario, over []byte) (text []byte, ok bool) {
	q, err := Evaluate(*s)
	if err != nil {
		return over, false
	}
	w := jsonWriter{over[:0]}
	w.quoteFields(&q)
	return w.text, true
}

var everyValue = flag.Bool("every-value", false, "set each field to each of its values, not to one at random")

// A typedField is a field as it is asked for a type.
type typedField struct {
	kind  MessageType
	field string
}

// disturbed is how many random scenarios are disturbed, other ones in each run; with "make
// test-full" 10,000.
var disturbed = 2_500

// A perturbation sets the fields of random scenarios to other values.
type perturbation struct {
	t    *testing.T
	seed uint64
	r    *rand.Rand
	days []Date

	asks, changes map[typedField]int
	wrong         map[typedField]bool

	text []byte // which the next answer is written over
}

// TestTheFieldsThatChangeAnAnswerAreThoseThatAreAsked sets each field of 10,000
// random scenarios, of every type around every day of change, to another of its
// values. A field that changes the answer must be among the questions, or left
// out with a reason; and each field that is asked must change some answer.
func TestTheFieldsThatChangeAnAnswerAreThoseThatAreAsked(t *testing.T) {
	const shards = 4
	scenarios := disturbed
	days := []Date{}
	for _, d := range turningDays(20200101, 20301231) {
		days = append(days, d.AddDays(-1), d, d.AddDays(1))
	}
	var together sync.Mutex
	asks, changes := map[typedField]int{}, map[typedField]int{}
	seed := uint64(time.Now().UnixNano())
	t.Run("", func(t *testing.T) {
		for shard := range shards {
			t.Run(fmt.Sprint("shard ", shard), func(t *testing.T) {
				t.Parallel()
				p := perturbation{t, seed, rand.New(rand.NewPCG(seed, uint64(shard))), days, map[typedField]int{}, map[typedField]int{}, map[typedField]bool{}, nil}
				for n := shard; n < scenarios; n += shards {
					p.disturb(n)
				}
				together.Lock()
				defer together.Unlock()
				for key, n := range p.asks {
					asks[key] += n
				}
				for key, n := range p.changes {
					changes[key] += n
				}
			})
		}
	})
	for key, n := range asks {
		// What one adds to the price is asked for every type, so that it stays where the type changes.
		if changes[key] == 0 && !strings.HasPrefix(key.field, "pricing.") && !changesSome(key, days) {
			t.Errorf("%s is asked %d times for %s and never changed an answer", key.field, n, key.kind)
		}
	}
}

// changesSome looks among more scenarios of one type, the same ones each time,
// for one whose answer a field changes.
func changesSome(key typedField, days []Date) bool {
	const scenarios = 20_000
	r := rand.New(rand.NewPCG(1, 1))
	var after []byte
	for range scenarios {
		s := draw(r, key.kind, days[r.IntN(len(days))])
		before, ok := answerText(&s, nil)
		if !ok || !slices.ContainsFunc(Questions(s), func(q Question) bool { return q.Segment == 0 && q.Field == key.field }) {
			continue
		}
		for _, settle := range settings(&s, key.field) {
			restore := settle()
			after, ok = answerText(&s, after)
			restore()
			if ok && !bytes.Equal(after, before) {
				return true
			}
		}
	}
	return false
}

// settings are the ways to set a field of a scenario to each of its values; each
// returns how to take it back.
func settings(s *Scenario, field string) (list []func() (restore func())) {
	if id, assumed := strings.CutPrefix(field, "assume."); assumed {
		for i := range theBook.readings {
			if theBook.readings[i].id != id {
				continue
			}
			for _, word := range theBook.readings[i].values {
				list = append(list, func() func() {
					is, given := s.Assume[id]
					s.Assume[id] = word
					return func() {
						if s.Assume[id] = is; !given {
							delete(s.Assume, id)
						}
					}
				})
			}
		}
		return list
	}
	for i := range allFields {
		f := &allFields[i]
		if f.Path != field {
			continue
		}
		to := f.value(s, &s.Audience[0])
		for _, value := range candidates(f, s.On) {
			list = append(list, func() func() {
				is := now(to)
				set(to, value)
				return func() { put(to, is) }
			})
		}
	}
	return list
}

// disturb sets the fields of one scenario, one after the other.
func (p *perturbation) disturb(n int) {
	kinds := MessageTypes("")
	s := draw(p.r, kinds[n%len(kinds)], p.days[n/len(kinds)%len(p.days)])
	before, ok := answerText(&s, nil)
	if !ok {
		return
	}
	asked := map[string]bool{}
	questions := Questions(s)
	for _, q := range questions {
		if q.Segment == 0 {
			asked[q.Field] = true
		}
	}
	left := leftOutFor(s.Message.Type, s.On)
	decides := 0
	each := func(path string, decide bool) {
		key := typedField{s.Message.Type, path}
		if asked[path] {
			p.asks[key]++
		}
		ways := settings(&s, path)
		if !*everyValue {
			ways = ways[p.r.IntN(len(ways)):][:1]
		}
		for _, settle := range ways {
			restore := settle()
			after, ok := answerText(&s, p.text)
			p.text = after
			if !decide && decides%16 == 0 && !slices.EqualFunc(Questions(s), questions, Question.equal) {
				p.t.Errorf("seed %d, scenario %d: with another %s other questions are asked, but it is not said to decide\n%s",
					p.seed, n, path, must(s.MarshalJSON()))
			}
			decides++
			if ok && !bytes.Equal(after, before) {
				p.changes[key]++
				if !asked[path] && !p.wrong[key] && !slices.ContainsFunc(left, func(l leftOut) bool { return l.field == path }) {
					p.wrong[key] = true
					p.t.Errorf("seed %d, scenario %d: with another %s the answer changes, but nobody asks\n%s\n%s\n%s",
						p.seed, n, path, must(s.MarshalJSON()), before, after)
				}
			}
			restore()
		}
	}
	for i := range allFields {
		f := &allFields[i]
		if f.Path == "on" || f.Path == "message.type" || f.Path == "audience.name" || strings.HasPrefix(f.Path, "pricing.convert") {
			continue // a name changes nothing but itself
		}
		each(f.Path, f.Decides)
	}
	for i := range theBook.readings {
		each("assume."+theBook.readings[i].id, true)
	}
}

// TestWhatIsLeftOutHasAReason: each row names a field, types, a part and a reason.
func TestWhatIsLeftOutHasAReason(t *testing.T) {
	file, err := os.Open("book/left-out.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		numberOf(row[0])
		for _, pattern := range strings.Fields(row[1]) {
			if !slices.ContainsFunc(MessageTypes(""), func(t MessageType) bool { return isTypeLike(t, pattern) }) {
				t.Errorf("%s is left out for %s, which is no type", row[0], pattern)
			}
		}
		if row[2] != "" && row[2] != PartNotice || len(row[6]) < 20 {
			t.Errorf("%s is left out of %q because of %q", row[0], row[2], row[6])
		}
	}
}
