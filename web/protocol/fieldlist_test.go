package protocol

import (
	"slices"
	"strings"
	"testing"

	"postage/rules"
)

// allRows are the rows of the page of fields.
func allRows(t *testing.T) map[string]FieldRow {
	t.Helper()
	scenario, err := ScenarioFields()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := PlanFields()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]FieldRow{}
	for _, r := range append(scenario, plan...) {
		if _, twice := rows[r.Path]; twice {
			t.Errorf("%s is told of twice", r.Path)
		}
		rows[r.Path] = r
	}
	return rows
}

// TestEveryFieldIsOnThePageOfFields with what it takes and what its declaration says:
// a field without a comment is named here.
func TestEveryFieldIsOnThePageOfFields(t *testing.T) {
	rows := allRows(t)
	declared := slices.Concat(rules.Fields(), rules.PlanFields())
	for _, f := range declared {
		path := strings.NewReplacer("audience.", "audience[].", "items.", "items[].").Replace(f.Path)
		r, ok := rows[path]
		switch {
		case !ok:
			t.Errorf("%s is not told of", path)
		case r.Type == "" || r.Absent == "":
			t.Errorf("%s takes %q, and %q if it is absent: nothing says what a %s is", path, r.Type, r.Absent, f.Kind)
		case r.Meaning == "":
			t.Errorf("%s has no comment where it is declared", path)
		}
	}
	if want := len(declared) + len(rules.Readings()) + len([]string{"rates", "balance"}); len(rows) != want {
		t.Errorf("%d rows, not %d", len(rows), want)
	}
}

// TestThePageOfFieldsHasTheValuesOfEachDay: on the first and the last day of each of its
// spans the field takes just these.
func TestThePageOfFieldsHasTheValuesOfEachDay(t *testing.T) {
	rows := allRows(t)
	dated := 0
	for _, f := range rules.Fields() {
		r := rows[strings.Replace(f.Path, "audience.", "audience[].", 1)]
		for i, v := range r.Values {
			days := []rules.Date{v.Since}
			if v.Since == 0 {
				days = []rules.Date{20190101}
			}
			if i+1 < len(r.Values) {
				dated++
				days = append(days, r.Values[i+1].Since.AddDays(-1))
			}
			for _, day := range days {
				if got := f.Words(day); !slices.Equal(got, v.Words) {
					t.Errorf("%s takes %v on %s, not %v", f.Path, got, day, v.Words)
				}
			}
		}
	}
	if dated < 3 {
		t.Errorf("only %d values end", dated)
	}
}

func TestThePageOfFieldsSaysWhatIsTakenForAbsent(t *testing.T) {
	rows := allRows(t)
	for path, want := range map[string]string{
		"on": "an error", "perRecipient": "1", "audience[].uid": "unknown", "audience[].freeUsed": "0", "audience[].freeEntryPoint": "false",
		"sender.billingCurrency": "USD", "pricing.markupOnFree": "true", "pricing.monthlyFee": "none", "assume.zalo.zns.vat": "10", "items[].every": "none",
	} {
		if got := rows[path].Absent; got != want {
			t.Errorf("%s: %q, not %q", path, got, want)
		}
	}
	if got := rows["message.tag"]; !slices.Equal(got.Required, []string{"zalo.zns", "zalo.zbs-uid"}) || got.Values[1].Since != 20240416 {
		t.Errorf("the tag: %+v", got)
	}
	if got := rows["on"].Required; !slices.Equal(got, []string{"always"}) {
		t.Errorf("on is required %q", got)
	}
}
