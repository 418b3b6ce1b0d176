package checking_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"postage/app/billing"
	"postage/app/billing/checking"
	"postage/app/files"
	"postage/app/words"
	"postage/rules/audit"
)

// A clerk asks a desk, and keeps what it tells.
type clerk struct {
	*checking.Desk
	told []billing.Report
}

func newClerk(text string) *clerk {
	c := &clerk{}
	c.Desk = &checking.Desk{Tell: func(r billing.Report) { c.told = append(c.told, r) }}
	if text != "" {
		c.Open(strings.NewReader(text), int64(len(text)))
	}
	return c
}

// ask hands in a request as the page does, as JSON, and takes the report likewise.
func (c *clerk) ask(t *testing.T, q billing.Request) (back billing.Report) {
	t.Helper()
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	var read billing.Request
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	c.Handle(read)
	if len(c.told) == 0 {
		t.Fatal("nothing was told")
	}
	if text, err = json.Marshal(c.told[len(c.told)-1]); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return back
}

func look() billing.Request { return billing.Request{Request: files.Request{Do: files.Look}} }

func answer(c billing.Choices) billing.Request {
	return billing.Request{Request: files.Request{Do: files.Answer}, Choices: c}
}

// TestTheSampleHasEveryCauseThatItIsMeantToShow, in each language, with the same sums.
func TestTheSampleHasEveryCauseThatItIsMeantToShow(t *testing.T) {
	var first *billing.Found
	for _, lang := range words.Codes {
		c := newClerk("")
		columns := c.ask(t, billing.Request{Request: files.Request{Do: files.Sample, Lang: lang}}).Columns
		if columns == nil || len(columns.List) != 6 {
			t.Fatalf("%s: %+v", lang, c.told)
		}
		for i, want := range []audit.Fact{audit.FactDay, audit.FactCountry, audit.FactType, audit.FactCharge, audit.FactCount, audit.FactAmount} {
			if columns.List[i].Fact != string(want) {
				t.Errorf("%s: %+v is no %s", lang, columns.List[i], want)
			}
		}
		found := c.ask(t, answer(billing.Choices{})).Found
		if found == nil {
			t.Fatalf("%s: %+v", lang, c.told)
		}
		if found.Unreadable > 0 || len(found.Open) > 0 || len(found.Totals) != 1 || found.Format != "table" {
			t.Fatalf("%s: %+v", lang, found)
		}
		var codes []audit.Code
		for _, cause := range found.Totals[0].Causes {
			codes = append(codes, cause.Code)
		}
		for _, want := range []audit.Code{audit.MarkupPercent, audit.ChargedFree, audit.OldCard, audit.OtherMarket} {
			if !slices.Contains(codes, want) {
				t.Errorf("%s: %s is not among %v", lang, want, codes)
			}
		}
		if len(codes) != 4 || !found.Totals[0].Unknown.IsZero() {
			t.Errorf("%s: %v, %s", lang, codes, found.Totals[0].Unknown)
		}
		if found.Then == nil || len(found.Then.Changed) < 2 || found.Then.Day <= found.To {
			t.Errorf("%s: %+v", lang, found.Then)
		}
		if first == nil {
			first = found
		} else if !first.Totals[0].Difference.Equal(found.Totals[0].Difference) || len(found.Lines) != len(first.Lines) {
			t.Errorf("%s: %s, not %s", lang, found.Totals[0].Difference, first.Totals[0].Difference)
		}
	}
}
