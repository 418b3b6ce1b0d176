package plan_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// workedPlans are the plans of the rules' test data that are sound, by name.
func workedPlans(t *testing.T) map[string]rules.Plan {
	t.Helper()
	files, err := filepath.Glob("../../rules/testdata/cases/plans/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked plans: %v", err)
	}
	plans := map[string]rules.Plan{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var one struct {
				Name string
				Plan json.RawMessage
			}
			if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
				t.Fatal(err)
			}
			if p, err := rules.DecodePlan(one.Plan); err == nil {
				plans[one.Name] = p
			}
		}
	}
	if len(plans) < 20 {
		t.Fatalf("only %d worked plans", len(plans))
	}
	return plans
}

// typed is a plan with items from forms.
func typed(t *testing.T, scenarios ...string) plan.Plan {
	t.Helper()
	p := plan.Plan{Lang: "vi"}
	for _, text := range scenarios {
		f, err := formtest.FormOfText([]byte(text), formtest.TestDay, "vi")
		if err != nil {
			t.Fatal(err)
		}
		p.Add(f, "")
	}
	return p
}

func answerText(t *testing.T, q *rules.PlanQuote) string {
	t.Helper()
	if q == nil {
		return "none"
	}
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEveryWorkedPlanSurvivesTheForm(t *testing.T) {
	for name, asked := range workedPlans(t) {
		t.Run(name, func(t *testing.T) {
			want, err := rules.EvaluatePlan(asked)
			if err != nil {
				t.Fatal(err)
			}
			p := plan.Of(asked, formtest.TestDay, "vi")
			a := p.Answer(formtest.TestDay)
			if len(a.Wrong) > 0 {
				t.Fatalf("mistakes: %+v", a.Wrong)
			}
			if got, want := answerText(t, a.Quote), answerText(t, &want); got != want {
				before, _ := asked.MarshalJSON()
				after, _ := a.Asked.MarshalJSON()
				t.Errorf("the plan %s\nbecame   %s\nanswer %s\nwas    %s", before, after, got, want)
			}
		})
	}
}

func TestEveryWorkedPlanSurvivesALinkAndAFile(t *testing.T) {
	for name, asked := range workedPlans(t) {
		p := plan.Of(asked, formtest.TestDay, "vi")
		p.Name = "Cuối năm ở Gốm Mây"
		a := p.Answer(formtest.TestDay)
		for way, content := range map[string]string{
			"link": "https://postage.example/plan/#" + a.Link(p.Name, formtest.TestDay), "file": a.File(p.Name, formtest.TestDay),
		} {
			again, wrong := plan.In(content, formtest.TestDay, "en")
			if wrong != nil {
				t.Errorf("%s: the %s cannot be opened: %v", name, way, wrong)
				continue
			}
			if got, want := answerText(t, again.Answer(formtest.TestDay).Quote), answerText(t, a.Quote); got != want || again.Name != p.Name {
				t.Errorf("%s: the %s answers %s\nnot %s", name, way, got, want)
			}
		}
	}
}

func TestTheMoneyIsThatOfTheQuote(t *testing.T) {
	found := 0
	for name, asked := range workedPlans(t) {
		p := plan.Of(asked, formtest.TestDay, "vi")
		a := p.Answer(formtest.TestDay)
		for currency, b := range a.Quote.Balance {
			found++
			c, ok := a.Course(currency)
			if !ok || !c.Left.Equal(b.Left) || c.RunsOut != b.RunsOut {
				t.Errorf("%s: %+v, not %+v", name, c, b)
				continue
			}
			last := c.Begins
			if n := len(c.Days); n > 0 {
				last = c.Days[n-1].Left
			}
			if !last.Equal(b.Left) {
				t.Errorf("%s: the course ends with %s, not %s", name, last, b.Left)
			}
			for _, sum := range a.Quote.Totals {
				if sum.Currency == currency && c.RunsOut != 0 && !c.Missing.Equal(sum.Gross.Sub(c.Begins)) {
					t.Errorf("%s: %s would be enough", name, c.Missing)
				}
			}
		}
		sums := map[string]decimal.Decimal{}
		for _, m := range a.Quote.Months {
			for _, s := range a.MonthSums(m.Month) {
				sums[s.Currency] = sums[s.Currency].Add(s.Gross)
			}
		}
		for _, total := range a.Quote.Totals {
			if a.Quote.Priced && !sums[total.Currency].Equal(total.Gross) {
				t.Errorf("%s: the months have %s %s, the plan %s", name, sums[total.Currency], total.Currency, total.Gross)
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d balances", found)
	}
}

const (
	orders   = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":150,"phone":true}]}`
	whatsapp = `{"on":"2025-10-23","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":9000,"country":"AR","optedIn":true}],"pricing":{"markupPerMessage":"0.005"}}`
	utility  = `{"on":"2025-10-23","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":6000,"country":"AR","optedIn":true}],"pricing":{"markupPerMessage":"0.005"}}`
)

func TestADealerInArgentinaPays787Dollars(t *testing.T) {
	p := typed(t, whatsapp, utility)
	q := p.Answer(formtest.TestDay).Quote
	if q == nil || q.Totals[0].Gross.String() != "787.2" || q.Totals[0].Currency != "USD" {
		t.Fatalf("%+v", q)
	}
}

func TestTwoMillionLastUntilTheTenthOfJanuary(t *testing.T) {
	p := typed(t, orders)
	p.SetAnswer(0, plan.PathEvery, "day", formtest.TestDay)
	if got := p.Items[0].Until; got != "2026-12-31" {
		t.Errorf("a rhythm begins until %q", got)
	}
	p.SetAnswer(0, plan.PathUntil, "2027-02-28", formtest.TestDay)
	p.Balance = map[string]string{"VND": "2.000.000"}
	a := p.Answer(formtest.TestDay)
	c, ok := a.Course("VND")
	if !ok || c.RunsOut.String() != "2027-01-10" || c.Left.String() != "20000" {
		t.Fatalf("%+v", c)
	}
	var states []plan.State
	for _, run := range a.Runs(0) {
		states = append(states, run.State)
	}
	if want := []plan.State{plan.Charged, plan.Unpaid}; !slices.Equal(states, want) {
		t.Errorf("the runs are %v, not %v", states, want)
	}
}

func TestAnItemWithAMistakeLeavesTheOthersAlone(t *testing.T) {
	for name, spoil := range map[string]func(p *plan.Plan){
		"a number":          func(p *plan.Plan) { p.SetAnswer(1, "audience[0].recipients", "12,x", formtest.TestDay) },
		"a day":             func(p *plan.Plan) { p.SetAnswer(1, form.PathOn, "2026-02-30", formtest.TestDay) },
		"no end":            func(p *plan.Plan) { p.Items[1].Every = rules.EveryDay },
		"an end before":     func(p *plan.Plan) { p.Items[1].Every, p.Items[1].Until = rules.EveryDay, "2020-01-01" },
		"an end far beyond": func(p *plan.Plan) { p.Items[1].Every, p.Items[1].Until = rules.EveryDay, "2029-01-01" },
	} {
		p := typed(t, orders, orders, orders)
		alone := typed(t, orders, orders)
		spoil(&p)
		a := p.Answer(formtest.TestDay)
		if got, want := answerText(t, a.Quote), answerText(t, alone.Answer(formtest.TestDay).Quote); got != want {
			t.Errorf("%s: %s\nnot %s", name, got, want)
		}
		if len(a.MistakesOf(1)) == 0 || len(a.MistakesOf(0)) > 0 || a.LeftOut(&p) != 1 || !slices.Equal(a.At, []int{0, 2}) || a.Item(1) != nil {
			t.Errorf("%s: mistakes %+v, asked %v", name, a.Wrong, a.At)
		}
	}
}

// TestAnEmptiedPlanForgetsWhatAllShared: the next message begins a plan of its own.
func TestAnEmptiedPlanForgetsWhatAllShared(t *testing.T) {
	const paid = `{"on":"2026-12-01","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":9000,"country":"AR","optedIn":true}],"pricing":{"markupPerMessage":"0.005"}}`
	const free = `{"on":"2026-12-01","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":9000,"country":"AR","optedIn":true}]}`
	p, without := typed(t, paid), typed(t, free)
	form := without.Form(0, formtest.TestDay)
	if !p.Adds(form) || without.Adds(form) || p.Adds(p.Form(0, formtest.TestDay)) {
		t.Error("it is not told who adds something")
	}
	if said := teller(&p, "vi").Own(); said != "Đã gồm: Cộng thêm mỗi tin: 0,005\u00a0USD" {
		t.Errorf("the stamp says %q", said)
	}
	// 9,000 messages at 0.005 USD; of a price nobody knows, or of nothing, there is none.
	if sums := p.Answer(formtest.TestDay).Earned(); len(sums) != 1 || sums[0].Currency != "USD" || sums[0].Net.String() != "45" || without.Answer(formtest.TestDay).Earned() != nil {
		t.Errorf("earned is %v", sums)
	}
	p.Balance = map[string]string{"USD": "100"}
	p.Name = "Tháng 12"
	p.Remove(0)
	p.Add(form, "")
	if got, want := answerText(t, p.Answer(formtest.TestDay).Quote), answerText(t, without.Answer(formtest.TestDay).Quote); got != want || p.Name != "Tháng 12" {
		t.Errorf("it has %s\nnot %s", got, want)
	}
}

// TestMoneyIsEnoughBeyondTheEnd: should what repeats go on.
func TestMoneyIsEnoughBeyondTheEnd(t *testing.T) {
	p := typed(t, orders, orders)
	p.SetAnswer(0, plan.PathEvery, "day", formtest.TestDay)
	p.Items = p.Items[:1]
	p.Balance = map[string]string{"VND": "2.000.000"}
	a := p.Answer(formtest.TestDay)
	if until, ok := a.GoesOn("VND"); !ok || until.String() != "2027-01-09" {
		t.Errorf("until %v, %v", until, ok)
	}
	c, _ := a.Course("VND")
	if said, more := teller(&p, "vi").Lasts(c); said != "Đủ cho cả kế hoạch, đến hết ngày 31/12/2026, còn dư 465.500\u00a0₫." || more != "Cứ gửi như vậy thì đủ 40 ngày kể từ 01/12/2026, đến hết ngày 09/01/2027." {
		t.Errorf("told: %q, %q", said, more)
	}
	p.Balance = map[string]string{"VND": "100.000.000"}
	a = p.Answer(formtest.TestDay)
	c, _ = a.Course("VND")
	if _, more := teller(&p, "vi").Lasts(c); more != "Cứ gửi như vậy thì đủ hơn một năm." {
		t.Errorf("told: %q", more)
	}
	p.Balance = map[string]string{"VND": "100"}
	a = p.Answer(formtest.TestDay)
	c, _ = a.Course("VND")
	if said, _ := (plan.Teller{Report: teller(&p, "vi").Report, Plan: &p, Answer: a, Today: formtest.TestDay}).Lasts(c); said != "Không đủ tiền cho ngày 01/12/2026." {
		t.Errorf("told: %q", said)
	}
	p.SetAnswer(0, plan.PathEvery, "", formtest.TestDay)
	if until, ok := p.Answer(formtest.TestDay).GoesOn("VND"); ok {
		t.Errorf("what is sent once goes on until %v", until)
	}
}

// TestWhatBeginsToRepeatHasASensibleEnd: not the day after, where a month is nearly over.
func TestWhatBeginsToRepeatHasASensibleEnd(t *testing.T) {
	for _, c := range []struct {
		every    rules.Every
		on, want string
	}{
		{rules.EveryDay, "2026-12-01", "2026-12-31"},
		{rules.EveryDay, "2026-11-17", "2026-11-30"},
		{rules.EveryDay, "2026-11-18", "2026-12-31"},
		{rules.EveryDay, "2026-11-29", "2026-12-31"},
		{rules.EveryWeek, "2026-12-31", "2027-01-31"},
		{rules.EveryMonth, "2026-11-29", "2027-01-31"},
	} {
		p := typed(t, orders)
		p.SetAnswer(0, form.PathOn, c.on, formtest.TestDay)
		p.SetAnswer(0, plan.PathEvery, string(c.every), formtest.TestDay)
		if got := p.Items[0].Until; got != c.want {
			t.Errorf("every %s from %s: until %s, not %s", c.every, c.on, got, c.want)
		}
	}
}

func TestTheTotalIsOfWhatHasAPrice(t *testing.T) {
	p := typed(t, orders, orders)
	alone := typed(t, orders)
	p.SetAnswer(1, form.PathOn, "2010-01-05", formtest.TestDay)
	a, want := p.Answer(formtest.TestDay), alone.Answer(formtest.TestDay).Quote.Totals
	if a.Quote.Priced || len(a.Quote.Totals) > 0 {
		t.Fatal("there was a price in 2010")
	}
	totals, without, first := a.Known()
	if len(totals) != 1 || !totals[0].Gross.Equal(want[0].Gross) || without != 1 || first.String() != "2010-01-05" {
		t.Errorf("known are %+v, without %d from %s on; not %+v", totals, without, first, want)
	}
	total, _, said := teller(&p, "vi").Known()
	if strict, _ := teller(&p, "vi").Total(); total == strict || said != "Chưa gồm 1 lần gửi chưa có giá công bố, từ 05/01/2010." {
		t.Errorf("told: %q, %q", total, said)
	}
}

func TestMoreThanFiftyAreKeptAndTold(t *testing.T) {
	p := typed(t, slices.Repeat([]string{orders}, rules.MaxItems+3)...)
	a := p.Answer(formtest.TestDay)
	if a.Quote == nil || len(a.Quote.Items) != rules.MaxItems || len(p.Items) != rules.MaxItems+3 {
		t.Fatalf("%d items of %d have an answer", len(a.At), len(p.Items))
	}
	if told := a.MistakesOf(plan.Whole); len(told) != 1 || told[0].Key != "plan.too-many" {
		t.Errorf("told %v", told)
	}
}

func TestWhatIsSharedHoldsForAll(t *testing.T) {
	p := typed(t, `{"on":"2026-12-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":12}],"sender":{"tool":"oa-manager-web","oaPackage":"basic"}}`, orders)
	f, err := formtest.FormOfText([]byte(`{"on":"2026-12-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":12}],"sender":{"tool":"openapi","oaPackage":"growth"}}`), formtest.TestDay, "vi")
	if err != nil {
		t.Fatal(err)
	}
	p.Add(f, "third")
	a := p.Answer(formtest.TestDay)
	if got := a.Asked.Sender.OAPackage; got != rules.PackageGrowth {
		t.Errorf("the package of all is %q", got)
	}
	if a.Asked.Items[0].Tool != rules.OAManagerWeb || a.Asked.Items[2].Tool != rules.OpenAPI {
		t.Errorf("the tools are %q and %q", a.Asked.Items[0].Tool, a.Asked.Items[2].Tool)
	}
	if got := p.Form(0, formtest.TestDay).Get("sender.oaPackage"); got != "growth" {
		t.Errorf("in the calculator the first has the package %q", got)
	}
}

func TestAnItemComesBackFromTheCalculatorToItsPlace(t *testing.T) {
	p := typed(t, orders, whatsapp)
	p.SetAnswer(0, plan.PathEvery, "week", formtest.TestDay)
	p.SetAnswer(0, plan.PathName, "Báo đơn", formtest.TestDay)
	before := answerText(t, p.Answer(formtest.TestDay).Quote)
	f := p.Form(0, formtest.TestDay)
	p.Replace(0, f)
	if got := answerText(t, p.Answer(formtest.TestDay).Quote); got != before {
		t.Errorf("there and back it is %s\nnot %s", got, before)
	}
	f.Set("audience[0].recipients", "200")
	p.Replace(0, f)
	if got := p.Answer(formtest.TestDay).Quote.Items[0]; got.Requested != 200*got.Occurrences || got.Name != "Báo đơn" || p.Items[0].Every != rules.EveryWeek {
		t.Errorf("%+v", got)
	}
	if got := p.Answer(formtest.TestDay).Asked.Pricing.MarkupPerMessage; !got.Known() {
		t.Error("the mark-up of the other item is gone")
	}
}

// Two currencies cannot both have amounts of the user's: those of the first stay, and
// what was meant in dollars never becomes dong.
func TestAmountsStayInTheirCurrency(t *testing.T) {
	p := typed(t, whatsapp, strings.TrimSuffix(orders, "}")+`,"pricing":{"markupPerMessage":"25"}}`)
	a := p.Answer(formtest.TestDay)
	if said := teller(&p, "vi").Foreign(); !strings.Contains(said, "VND") {
		t.Errorf("of the dong is said %q", said)
	}
	if got := a.Asked.Pricing; got.Currency != "USD" || got.MarkupPerMessage.Or(decimal.Zero).String() != "0.005" || len(a.Wrong) > 0 {
		t.Errorf("%+v, %v", got, a.Wrong)
	}
}

type memory map[string]string

func (m memory) Read(key string) (string, bool) { return m[key], true }
func (m memory) Write(key, text string) bool    { m[key] = text; return true }

func TestTheDraftSurvives(t *testing.T) {
	device := memory{}
	k := plan.NewKeeper(device)
	p := typed(t, orders, whatsapp)
	p.Name = "Cuối năm"
	p.SetAnswer(0, "audience[0].recipients", "1.2x", formtest.TestDay) // also what cannot be read
	p.Balance = map[string]string{"VND": "2tr"}
	if outcome := k.Store(p); outcome != 0 {
		t.Fatalf("outcome %d", outcome)
	}
	again, whole := k.Read("vi", formtest.TestDay)
	if !whole || !reflect.DeepEqual(normal(t, again), normal(t, p)) {
		t.Errorf("%+v\nnot %+v", again, p)
	}
	russian, _ := k.Read("ru", formtest.TestDay)
	if got := russian.Balance["VND"]; got != form.Exact+"2000000" || russian.Lang != "ru" {
		t.Errorf("in Russian the balance is %q", got)
	}
}

// normal is a plan as JSON, in which a map that is empty is none.
func normal(t *testing.T, p plan.Plan) string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), `,"carried":{}`, "")
}

func TestNothingIsWrittenThatWouldNotBeRead(t *testing.T) {
	sound := typed(t, orders)
	for name, spoil := range map[string]func(p *plan.Plan){
		"a rhythm":    func(p *plan.Plan) { p.Items[0].Every = "hour" },
		"two ids":     func(p *plan.Plan) { p.Items = append(p.Items, p.Items[0]) },
		"no groups":   func(p *plan.Plan) { p.Items[0].Groups = 0 },
		"too long":    func(p *plan.Plan) { p.Items[0].Values["x"] = strings.Repeat("x", plan.MaxKept) },
		"broken text": func(p *plan.Plan) { p.Items[0].Values["x"] = "\xff" },
	} {
		device := memory{}
		k := plan.NewKeeper(device)
		k.Store(sound)
		before := device[plan.Key]
		p := typed(t, orders)
		spoil(&p)
		if outcome := k.Store(p); outcome == 0 || device[plan.Key] != before {
			t.Errorf("%s: outcome %d", name, outcome)
		}
	}
}

func TestWhatCannotBeReadIsPutAside(t *testing.T) {
	device := memory{plan.Key: `{"v":9}`}
	k := plan.NewKeeper(device)
	if _, whole := k.Read("vi", formtest.TestDay); whole {
		t.Error("it passes for a plan")
	}
	if outcome := k.Store(typed(t, orders)); outcome != 0 || device[plan.Key+".unreadable"] != `{"v":9}` {
		t.Errorf("outcome %d, put aside %q", outcome, device[plan.Key+".unreadable"])
	}
}

func TestUndoAndRedo(t *testing.T) {
	var h plan.History
	p := typed(t, orders)
	h.Note(&p)
	p.Copy(0)
	h.Note(&p)
	h.Note(&p)
	p.Remove(0)
	h.Note(&p)
	if !h.Any() || !h.Can(-2) || h.Can(-3) || h.Can(1) {
		t.Fatal("there are not three states")
	}
	if got := h.Move(-1); len(got.Items) != 2 {
		t.Errorf("%d items", len(got.Items))
	}
	if got := h.Move(-1); len(got.Items) != 1 || !h.Can(2) {
		t.Errorf("%d items", len(got.Items))
	}
}

func TestNoBadLinkIsOpened(t *testing.T) {
	for _, content := range []string{"", "#p=", "#p=%%%", "p=!", "{}", `{"items":[]}`, `{"postage":2,"plan":{}}`, "https://postage.example/#s=e30", "{"} {
		if p, wrong := plan.In(content, formtest.TestDay, "vi"); wrong == nil {
			t.Errorf("%q gives %+v", content, p)
		}
	}
}

// tellers are those of every worked plan in every language.
func teller(p *plan.Plan, lang string) plan.Teller {
	return plan.Teller{Report: &report.Report{Lang: lang}, Plan: p, Answer: p.Answer(formtest.TestDay), Today: formtest.TestDay}
}

func TestTheTellerHasEveryWord(t *testing.T) {
	sections := wordstest.KeySections()
	for name, asked := range workedPlans(t) {
		for _, lang := range words.Codes {
			p := plan.Of(asked, formtest.TestDay, lang)
			x := teller(&p, lang)
			total, rest := x.Total()
			said := append([]string{x.Title(), x.Period(), x.Label(), x.Summary(), total, x.FileTitle()}, rest...)
			for i := range p.Items {
				q := x.Answer.Item(i)
				said = append(said, x.Name(i), x.Kind(i), x.Whom(i), x.When(i), x.Cost(q), x.Count(q), x.Reason(q))
			}
			for _, u := range x.Used() {
				said = append(said, u.Title, u.Amount, u.Note)
			}
			for currency := range x.Answer.Quote.Balance {
				c, _ := x.Answer.Course(currency)
				lasts, more := x.Lasts(c)
				said = append(said, lasts, more)
			}
			said = append(said, x.PlainText(""))
			for _, text := range said {
				if left := wordstest.LeftOver(text, sections); left != "" && !strings.Contains(text, "Postage") {
					t.Errorf("%s in %s: %q in %q", name, lang, left, text)
				}
			}
		}
	}
}

// TestAPlanIsTakenAlongAsText: each message with its days and its cost, what is in the total
// of one's own, and not what one earns.
func TestAPlanIsTakenAlongAsText(t *testing.T) {
	p := typed(t, strings.TrimSuffix(orders, "}")+`,"pricing":{"markupPerMessage":"50"}}`)
	p.Name = "Gốm Mây"
	got := teller(&p, "vi").PlainText("https://postage.example/plan/#p=x")
	for _, want := range []string{"Gốm Mây\n", "Gửi được. Tổng", "Đã gồm: Cộng thêm mỗi tin: 50 VND\n", "\n- 01/12/2026: Thông báo ZNS, 150 người: 57.000 ₫, 150 tin\n", "Biểu giá cập nhật đến ngày", "\nhttps://postage.example/plan/#p=x\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("it says no %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "thu về") {
		t.Errorf("the customer reads what one earns:\n%s", got)
	}
}

func TestTheExampleHoldsOnEveryDay(t *testing.T) {
	for _, day := range []string{"2025-12-31", "2026-01-31", "2026-05-31", "2026-11-21", "2026-12-31", "2027-01-31", "2027-02-28"} {
		for _, lang := range words.Codes {
			p := plan.Example(words.Of(lang), day)
			a := p.Answer(day)
			if len(p.Items) != 3 || len(a.Wrong) > 0 || a.Quote == nil {
				t.Errorf("%s on %s: %d items, mistakes %+v", lang, day, len(p.Items), a.Wrong)
			}
		}
	}
}

func TestAPriceThatChangesIsTold(t *testing.T) {
	p := typed(t, `{"on":"2026-09-25","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":10,"country":"VN","optedIn":true}]}`)
	p.SetAnswer(0, plan.PathEvery, "day", formtest.TestDay)
	p.SetAnswer(0, plan.PathUntil, "2026-10-10", formtest.TestDay)
	a := p.Answer(formtest.TestDay)
	changes := a.PriceChanges()
	if len(changes) != 1 || changes[0].On.String() != "2026-10-01" {
		t.Fatalf("%+v", changes)
	}
}

// TestTwoCurrenciesAreToldInOne: where a rate is given, the total of all comes first, and
// money in one currency is not said to pay for what is billed in another.
func TestTwoCurrenciesAreToldInOne(t *testing.T) {
	const paid = `{"on":"2026-12-02","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":1000,"country":"VN","optedIn":true}],"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}}`
	p := typed(t, paid, orders)
	p.Balance = map[string]string{"VND": "100.000.000"}
	tell := teller(&p, "vi")
	total, rest, _ := tell.Shown()
	if label, want := tell.Label(), "Tổng tháng 12/2026, quy đổi ra VND"; label != want {
		t.Errorf("the label is %q, not %q", label, want)
	}
	platform, _ := tell.Total()
	c := tell.Answer.Quote.Converted
	if c == nil || total != tell.Words().RoundTotal(c.Gross, "VND") || len(rest) != 2 || rest[0] != "trong đó "+platform+", gồm VAT" || !strings.HasSuffix(rest[1], "US$, chưa gồm thuế") {
		t.Errorf("the total is %q, then %q", total, rest)
	}
	if got := tell.Short(); got != total {
		t.Errorf("in short it is %q", got)
	}
	course, _ := tell.Answer.Course("VND")
	if said, _ := tell.Lasts(course); !strings.HasPrefix(said, "Đủ cho phần tính bằng VND") || !strings.Contains(said, "84,20\u00a0US$") {
		t.Errorf("told: %q", said)
	}
	dollars := typed(t, paid)
	if total, rest, _ := teller(&dollars, "vi").Shown(); total != "2.189.200\u00a0₫" || len(rest) != 1 || rest[0] != "(84,20\u00a0US$, chưa gồm thuế)" {
		t.Errorf("a plan in dollars is told in dong as %q, %q", total, rest)
	}
	one := typed(t, orders)
	if total, rest, _ := teller(&one, "vi").Shown(); total == "" || len(rest) != 0 {
		t.Errorf("a plan in one currency is told as %q, %q", total, rest)
	}
}

// TestAnotherReadingOfThePlanIsTold: the plan reads a contested fact its own way for all.
func TestAnotherReadingOfThePlanIsTold(t *testing.T) {
	read := strings.TrimSuffix(orders, "}") + `,"assume":{"zalo.zns.vat":"8"}}`
	p, plain := typed(t, read), typed(t, orders)
	f := plain.Form(0, formtest.TestDay)
	if !p.Adds(f) || plain.Adds(f) || p.Adds(p.Form(0, formtest.TestDay)) {
		t.Error("it is not told that the plan counts with another VAT")
	}
	if other := typed(t, whatsapp); p.Adds(other.Form(0, formtest.TestDay)) {
		t.Error("a message that the fact is not about is told of it")
	}
}
