package reach

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postage/rules"
)

// prepared are the ways of a configuration for a promotion in December 2026.
func prepared(t testing.TB, config string) *Ways {
	t.Helper()
	return preparedFor(t, rules.Promotion, 20261201, config)
}

func preparedFor(t testing.TB, purpose rules.Purpose, on rules.Date, config string) *Ways {
	t.Helper()
	c, err := rules.DecodeListConfig([]byte(config))
	if err != nil {
		t.Fatal(err)
	}
	w, err := Prepare(Task{Purpose: purpose, On: on, ListConfig: c})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// rowsOf are the rows of a list by the sure plan, as text.
func rowsOf(t testing.TB, w *Ways, contacts []Contact) []string {
	t.Helper()
	l := NewList(w)
	for i := range contacts {
		contacts[i].Row = int32(i + 2)
		if err := l.Add(&contacts[i]); err != nil {
			t.Fatal(err)
		}
	}
	a := w.Plan(l.People())
	var got []string
	rows := l.Rows(a, &a.Sure)
	for row, ok := rows.Next(); ok; row, ok = rows.Next() {
		text := fmt.Sprint(row.Number, " ", row.Reason)
		if row.Way >= 0 {
			text = fmt.Sprint(row.Number, " ", a.Sure.Ways[row.Way].Type)
		}
		got = append(got, text)
	}
	return got
}

const znsAlone = `{"ways":[{"type":"zalo.zns","template":{"approved":true}}]}`

func TestDoublesAreToldByNumberAndElseByUserID(t *testing.T) {
	w := prepared(t, znsAlone)
	for _, c := range []struct {
		name     string
		contacts []Contact
		doubles  string // of each row: the row that it is a double of
	}{
		{"the same number", []Contact{{Phone: 1}, {Phone: 2}, {Phone: 1}}, "0 0 2"},
		{"one with more facts goes before", []Contact{{Phone: 1}, {Phone: 1, UID: "a"}}, "3 0"},
		{"a later interaction goes before", []Contact{{Phone: 1, ZaloLast: On(20261101)}, {Phone: 1, WhatsAppLast: On(20261102)}}, "3 0"},
		{"a later minute goes before", []Contact{{Phone: 1, ZaloLast: On(20261101)}, {Phone: 1, ZaloLast: At(20261101, 1)}}, "3 0"},
		{"never is no later than unknown, but known", []Contact{{Phone: 1, UID: "a"}, {Phone: 1, ZaloLast: Never()}}, "0 2"},
		{"the same user id without a number", []Contact{{UID: "a"}, {UID: "a"}, {UID: "b"}}, "0 2 0"},
		{"one has a number", []Contact{{UID: "a", Phone: 1}, {UID: "a"}}, "0 2"},
		{"one has a number and knows less", []Contact{{UID: "a", Phone: 1}, {UID: "a", Follows: rules.Some(true), Consents: rules.Some(true)}}, "3 0"},
		{"two numbers with one user id are two people", []Contact{{UID: "a", Phone: 1}, {UID: "a", Phone: 2}}, "0 0"},
		{"it is not passed on", []Contact{
			{UID: "a", Phone: 1, Follows: rules.Some(true)}, {UID: "a", Follows: rules.Some(true)}, {UID: "a", Phone: 2},
		}, "0 2 0"},
		{"nobody has neither", []Contact{{}, {}}, "0 0"},
		{"a number that is a user id is no double", []Contact{{Phone: 97}, {UID: "a"}}, "0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, row := range rowsOf(t, w, c.contacts) {
				_, of, found := strings.Cut(row, "double of ")
				if !found {
					of = "0"
				}
				got = append(got, of)
			}
			if strings.Join(got, " ") != c.doubles {
				t.Errorf("%v, not %s", got, c.doubles)
			}
		})
	}
}

// areDoubles says so as the specification does.
func areDoubles(a, b *Contact) bool {
	if a.Phone != 0 && b.Phone != 0 {
		return a.Phone == b.Phone
	}
	return a.UID != "" && a.UID == b.UID
}

// TestDoublesAreFoundAsByLookingAtEveryPair: hashing changes nothing.
func TestDoublesAreFoundAsByLookingAtEveryPair(t *testing.T) {
	w := prepared(t, znsAlone)
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 3))
		contacts := make([]Contact, 120)
		l := NewList(w)
		for i := range contacts {
			c := &contacts[i]
			c.Row = int32(i + 2)
			if r.IntN(3) > 0 {
				c.Phone = Phone(1 + r.IntN(25))
			}
			if r.IntN(2) > 0 {
				c.UID = fmt.Sprint("u", r.IntN(25))
			}
			c.Follows, c.Consents = maybe(r), maybe(r)
			if r.IntN(2) == 0 {
				c.ZaloLast = moment(r, 20261130)
			}
			if err := l.Add(c); err != nil {
				t.Fatal(err)
			}
		}
		order := make([]int, len(contacts))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			if x, y := rank(&contacts[a]), rank(&contacts[b]); x != y {
				if x > y {
					return -1
				}
				return 1
			}
			return a - b
		})
		var taken []int
		isDouble := make([]bool, len(contacts))
		for _, i := range order {
			isDouble[i] = slices.ContainsFunc(taken, func(k int) bool { return areDoubles(&contacts[i], &contacts[k]) })
			if !isDouble[i] {
				taken = append(taken, i)
			}
		}
		l.findDoubles()
		for i, want := range isDouble {
			of := l.of[i]
			if (of != noDouble) != want {
				t.Fatalf("list %d: row %d is a double: %v, not %v", seed, i+2, !want, want)
			}
			if want && (!areDoubles(&contacts[i], &contacts[of]) || isDouble[of]) {
				t.Fatalf("list %d: row %d is no double of row %d", seed, i+2, of+2)
			}
		}
		if got := l.Doubles(); got != int64(len(contacts)-len(taken)) {
			t.Errorf("list %d: %d doubles", seed, got)
		}
	}
}

func TestWhereAQuotaEndsTheFirstRowsGetIt(t *testing.T) {
	w := prepared(t, `{"sender":{"promotionBase":[12,6],"promotionSentThisMonth":1},"ways":[{"type":"zalo.zns","template":{"approved":true}}]}`)
	contacts := make([]Contact, 4)
	for i := range contacts {
		contacts[i] = Contact{Phone: Phone(84900000000 + i), CareWithin6Months: rules.Some(true)}
	}
	want := []string{"2 zalo.zns", "3 zalo.zns", "4 zalo.zns: quota", "5 zalo.zns: quota"}
	if got := rowsOf(t, w, contacts); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestWhereAnAllowanceEndsTheRestGoByAnotherWay(t *testing.T) {
	w := preparedFor(t, rules.TransactionUpdate, 20261201, `{"sender":{"tool":"oa-manager-web","includedMessages":2},"pricing":{"markupPercent":"500"},`+
		`"ways":[{"type":"zalo.uid.consultation"},{"type":"zalo.zns","template":{"approved":true,"price":"1"}}]}`)
	contacts := make([]Contact, 3)
	for i := range contacts {
		contacts[i] = Contact{Phone: Phone(84900000000 + i), UID: fmt.Sprint(i), ZaloLast: On(20261126)}
	}
	// Of two ways one does as well for fewer, so the other must be cheaper.
	want := []string{"2 zalo.uid.consultation", "3 zalo.uid.consultation", "4 zalo.zns"}
	if got := rowsOf(t, w, contacts); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestAnInteractionAfterTheSendingCannotBeTaken(t *testing.T) {
	l := NewList(prepared(t, `{"at":"09:00"}`))
	for _, c := range []struct {
		m    Moment
		want string
	}{{At(20261201, 9*60), ""}, {At(20261201, 9*60+1), "zaloLast"}, {On(20261201), ""}, {On(20261202), "zaloLast"}} {
		err := l.Add(&Contact{Row: 2, Phone: 1, ZaloLast: c.m})
		var e *rules.Error
		if errors.As(err, &e) != (c.want != "") || e != nil && (e.Path != c.want || e.Code != rules.OutOfRange) {
			t.Errorf("%+v: %v", c.m, err)
		}
	}
	if l.Len() != 2 {
		t.Errorf("%d rows were taken", l.Len())
	}
}

// TestAListTakesFewBytes: of a row little more is kept than its number, its user id and
// what it is counted as.
func TestAListTakesFewBytes(t *testing.T) {
	const rows, most = 200_000, 150
	w := prepared(t, znsAlone)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l := NewList(w)
	c := Contact{Follows: rules.Some(true), ZaloLast: On(20261101)}
	for i := range rows {
		c.Row, c.Phone, c.UID = int32(i+2), Phone(84900000000+i), fmt.Sprintf("%019d", i)
		if err := l.Add(&c); err != nil {
			t.Fatal(err)
		}
	}
	people := l.People()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / rows; each > most {
		t.Errorf("a row takes %d bytes", each)
	} else {
		t.Logf("a row takes %d bytes", each)
	}
	if len(people) != 1 || l.Doubles() != 0 {
		t.Errorf("%d keys, %d doubles", len(people), l.Doubles())
	}
	runtime.KeepAlive(l)
	if allocs := testing.AllocsPerRun(1000, func() {
		if err := l.Add(&c); err != nil {
			t.Fatal(err)
		}
	}); allocs > 1 {
		t.Errorf("a row makes %v allocations", allocs)
	}
}

// TestDoublesAreFoundInParts: numbers and user ids that no other row has may be left to
// somebody else.
func TestDoublesAreFoundInParts(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 6))
	for range 200 {
		var whole, parts []Identity
		var ofParts []int
		for part := range 1 + r.IntN(5) {
			start := len(parts)
			for range 1 + r.IntN(12) {
				one := Identity{Rank: uint64(r.IntN(3))}
				if r.IntN(3) > 0 {
					one.Phone = Phone(1 + part*10 + r.IntN(3))
				}
				if r.IntN(3) > 0 {
					one.UID = strconv.Itoa(part*10 + r.IntN(3))
				}
				parts = append(parts, one)
			}
			for _, of := range Doubles(parts[start:]) {
				if of >= 0 {
					of += start
				}
				ofParts = append(ofParts, of)
			}
		}
		whole = append(whole, parts...)
		if of := Doubles(whole); !slices.Equal(of, ofParts) {
			t.Fatalf("%v\n%v, in parts %v", whole, of, ofParts)
		}
	}
}

// TestADealCanBeSharedOut: whoever deals to the people behind others leaves these out.
func TestADealCanBeSharedOut(t *testing.T) {
	shares := [][]Share{{{Way: 0, People: 3}, {Way: 1, People: 1}, {Way: -1, People: 4}}, {{Way: 1, People: 2}}}
	whole := NewDeal(shares)
	for n := range int64(8) {
		part := NewDeal(shares)
		part.Skip(0, n/2)
		part.Skip(0, n-n/2)
		if got, want := part.Next(0), whole.Next(0); got != want {
			t.Errorf("behind %d it is %v, not %v", n, got, want)
		}
		if got := part.Next(1); got != &shares[1][0] {
			t.Errorf("the other segment has %v", got)
		}
	}
}
