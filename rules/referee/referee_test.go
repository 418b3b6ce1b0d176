package referee

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postage/rules"
)

var seed = flag.Uint64("seed", 0, "make up the scenarios of this seed again, in place of new ones")

const (
	scenarios     = 20_000 // those of the fixed seed and those of the new one
	fixed         = 1
	mostOfOneKind = 3 // differences of one field that are told
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := readCards(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestTheRefereeAgrees(t *testing.T) {
	t.Parallel()
	days, err := turningDays()
	if err != nil {
		t.Fatal(err)
	}
	if len(days) < 150 {
		t.Fatalf("only %d days before, on and after a change", len(days))
	}
	until, unknown, err := firstUnknown()
	if err != nil {
		t.Fatal(err)
	}
	if until != "" {
		t.Logf("asked up to the day before %s alone: enter %s here, and as announced", until, unknown)
	}
	fresh := *seed
	if fresh == 0 {
		fresh = uint64(time.Now().UnixNano())
	}
	for _, of := range []uint64{fixed, fresh} {
		t.Run(fmt.Sprint("seed ", of), func(t *testing.T) {
			t.Parallel()
			t.Logf("again: go test ./rules/referee -run TestTheRefereeAgrees -seed %d", of)
			agree(t, newChance(of, days, until))
		})
	}
}

func newChance(of uint64, days []string, until string) *chance {
	c := &chance{Rand: rand.New(rand.NewPCG(of, of)), days: days, until: until}
	bounds := map[int64]bool{}
	for _, tiers := range cards["tiers-2026-10-01"] {
		for _, tier := range tiers {
			bounds[tier.from-1], bounds[tier.from], bounds[max(1, tier.from-1000)] = true, true, true
		}
	}
	for n := range bounds {
		c.bounds = append(c.bounds, n)
	}
	slices.Sort(c.bounds)
	places := map[string][]string{"Other": {"BT", "GY", "KG", "LU", "MM", "MT"}} // and other countries in no market
	for land, markets := range marketOf {
		for _, m := range markets {
			places[m.name] = append(places[m.name], land)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(places)) {
		slices.Sort(places[name])
		c.lands = append(c.lands, places[name])
	}
	return c
}

// agree puts scenarios to both, one in ten of them with a mistake.
func agree(t *testing.T, c *chance) {
	told, seen := map[string]int{}, map[string]int{}
	differ := func(of string, format string, args ...any) {
		if told[of]++; told[of] <= mostOfOneKind {
			t.Errorf(format, args...)
		}
	}
	for n := range scenarios / 2 {
		c.second = n%2 == 1
		made := c.scenario()
		if n%20 == 8 || n%20 == 19 {
			text, want := c.spoil(made)
			got := mistakeOf(text)
			seen[want.code]++
			if got.code != want.code || !slices.Contains(want.paths, got.paths[0]) {
				differ(fmt.Sprint(want, got), "%s\nthe referee has the mistake %s of %q, the rules have %s of %q",
					text, want.code, want.paths, got.code, got.paths)
			}
			continue
		}
		text := encode(made)
		a, want, got, err := put(text)
		if err != nil {
			differ("error", "%s\n%v", text, err)
			continue
		}
		if a.whole.deliverable > 0 {
			seen[c.of]++
		}
		if len(a.lines) > 0 {
			seen["priced"]++
		}
		if d := difference(want, got); d != "" {
			what, _, _ := strings.Cut(d, ":")
			what = c.of + strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return -1
				}
				return r
			}, what)
			differ(what, "%s\n%s\nthe referee:\n%sthe rules:\n%s", text, d, listed(want), listed(got))
		}
	}
	for of, n := range told {
		if n > mostOfOneKind {
			t.Errorf("%s: %d in all", of, n)
		}
	}
	codes := []string{"syntax", "unknown-field", "wrong-type", "required", "out-of-range", "unknown-value", "conflict"}
	for _, of := range slices.Concat(types, codes) {
		if seen[of] < 10 {
			t.Errorf("%s: only %d were made up", of, seen[of])
		}
	}
	if seen["priced"] < scenarios/10 {
		t.Errorf("only %d had something to pay", seen["priced"])
	}
}

// put asks both, and returns the fields that each of them has.
func put(text []byte) (a answer, want, got []field, err error) {
	s, err := read(text)
	if err != nil {
		return a, nil, nil, err
	}
	a = s.evaluate()
	q, err := ask(text)
	if err != nil {
		return a, nil, nil, err
	}
	return a, a.fields(&s), q.fields(&s), nil
}

// ask returns what the rules answer.
func ask(text []byte) (q quote, err error) {
	s, err := rules.Decode(text)
	if err != nil {
		return q, err
	}
	answered, err := rules.Evaluate(s)
	if err != nil {
		return q, err
	}
	quoted, err := json.Marshal(answered)
	if err != nil {
		return q, err
	}
	if bytes.Contains(quoted, []byte(`"undelivered":0,`)) {
		return q, errors.New("undelivered is left out where it is 0")
	}
	err = json.Unmarshal(quoted, &q)
	return q, err
}

// mistakeOf is what the rules say is wrong with a scenario.
func mistakeOf(text []byte) mistake {
	asked, err := rules.Decode(text)
	if err == nil {
		_, err = rules.Evaluate(asked)
	}
	var e *rules.Error
	if !errors.As(err, &e) {
		return mistake{[]string{""}, "none"}
	}
	return mistake{[]string{e.Path}, string(e.Code)}
}

// TestTheRefereeSatisfiesTheWorkedExamples shows that the referee is right
// where somebody has worked the answer out by hand.
func TestTheRefereeSatisfiesTheWorkedExamples(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../testdata/cases/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var c example
			if err := json.Unmarshal(bytes.TrimSpace(lines.Bytes()), &c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s, err := read(c.Scenario)
			if err != nil {
				t.Errorf("%s: %s: %v", filepath.Base(name), c.Name, err)
				continue
			}
			looked++
			if want, got := c.Expect.String(), expectation(s.evaluate()).String(); got != want {
				t.Errorf("%s: %s:\n%s\nnot\n%s", filepath.Base(name), c.Name, got, want)
			}
		}
	}
	if looked < 140 {
		t.Errorf("only %d examples were looked at", looked)
	}
}

// An example is a scenario with what is expected of its answer.
type example struct {
	Name     string          `json:"name"`
	Scenario json.RawMessage `json:"scenario"`
	Expect   expected        `json:"expect"`
}

type expected struct {
	Verdict                                                     string
	Priced                                                      bool
	Requested, Deliverable, Blocked, Undelivered, Free, Charged int64
	Total                                                       *quoteTotal
	Schedule                                                    *struct{ PerDay, Days int64 }
	Segments                                                    []struct {
		Verdict         string
		Deliverable     int64
		Failed, Unknown []string
	}
}

func (e expected) String() string {
	text := fmt.Sprint(e.Verdict, e.Priced, e.Requested, e.Deliverable, e.Blocked, e.Undelivered, e.Free, e.Charged, e.Total)
	if e.Schedule != nil {
		text += fmt.Sprint(*e.Schedule)
	}
	return text + fmt.Sprint(e.Segments)
}

// expectation is an answer in the form of the examples.
func expectation(a answer) (e expected) {
	w := a.whole
	e.Verdict, e.Priced = w.verdict, a.priced
	e.Requested, e.Deliverable, e.Blocked, e.Undelivered, e.Free, e.Charged = w.requested, w.deliverable, w.blocked, w.undelivered, w.free, w.charged
	if a.total != nil {
		amounts := strings.Fields(a.total.String())
		e.Total = &quoteTotal{amounts[0], amounts[1], amounts[3], amounts[5]}
	}
	if a.perDay > 0 {
		e.Schedule = &struct{ PerDay, Days int64 }{a.perDay, a.days}
	}
	for _, p := range a.segments {
		e.Segments = append(e.Segments, struct {
			Verdict         string
			Deliverable     int64
			Failed, Unknown []string
		}{p.verdict, p.deliverable, codes(p.checks, fail), codes(p.checks, unknown)})
	}
	return e
}

// codes are the sorted codes of the checks with an outcome.
func codes(checks []check, of outcome) []string {
	list := []string{}
	for _, c := range checks {
		if c.outcome == of {
			list = append(list, c.code)
		}
	}
	slices.Sort(list)
	return list
}
