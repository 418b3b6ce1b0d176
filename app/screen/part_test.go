package screen

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/screen/ask"
	"postage/app/screen/below"
	"postage/app/screen/reply"
	"postage/app/words"
	"postage/rules"
)

// A live screen changes as its user changes it.
type liveScreen struct {
	*screen
	browser goapp.ClientDispatcher
}

func newLiveScreen(t *testing.T, f *form.Form) liveScreen {
	t.Helper()
	s := newScreen(f.Lang, false, f)
	live := liveScreen{s, goapp.NewClientTester(s)}
	t.Cleanup(live.browser.Close)
	live.draw()
	return live
}

// draw draws what has changed, as go-app does after an event.
func (l liveScreen) draw() {
	l.Update()
	l.browser.Consume()
	if l.desk.Pace.AnswerAlone() || !l.desk.Pace.Settled() {
		l.desk.Pace.Painted()
		l.desk.Pace.Pause()
		l.Update()
		l.browser.Consume()
	}
}

// fresh is a screen in the same state that has never been drawn.
func (l liveScreen) fresh() *screen {
	s := newScreen(l.Lang, false, l.desk.Form)
	s.desk.ShownLang, s.desk.Options, s.desk.Name, s.desk.History = l.desk.ShownLang, l.desk.Options, l.desk.Name, l.desk.History
	s.desk.Editing, s.desk.Drawn, s.desk.Mistakes, s.desk.Refused = l.desk.Editing, l.desk.Drawn, l.desk.Mistakes, l.desk.Refused
	s.desk.Stands, s.desk.Scenario, s.desk.Quote = l.desk.Stands, l.desk.Scenario, l.desk.Quote
	s.desk.Opened, s.desk.Said, s.desk.BadLink, s.desk.DraftLost = maps.Clone(l.desk.Opened), l.desk.Said, l.desk.BadLink, l.desk.DraftLost
	*s.form.Prices, *s.answer, *s.lists, *s.news = *l.form.Prices, *l.answer, *l.lists, *l.news
	s.form.Prices.Desk, s.answer.Desk, s.lists.Desk, s.news.Desk = s.desk, s.desk, s.desk, s.desk
	s.desk.Form.SetToday(s.desk.Form.Today)
	return s
}

// markup is a screen's markup with the attributes of each tag in order.
func markup(ui goapp.UI) string {
	html := goapp.HTMLString(ui)
	var b strings.Builder
	for html != "" {
		text, rest, _ := strings.Cut(html, "<")
		b.WriteString(text)
		// A tag ends, and its attributes are apart, where no quotation is open.
		var attributes []string
		quoted, begin, i := false, 0, 0
		for ; i < len(rest) && (quoted || rest[i] != '>'); i++ {
			switch {
			case quoted && rest[i] == '\\':
				i++
			case rest[i] == '"':
				quoted = !quoted
			case !quoted && rest[i] == ' ':
				attributes = append(attributes, rest[begin:i])
				begin = i + 1
			}
		}
		attributes = append(attributes, rest[begin:i])
		slices.Sort(attributes[1:])
		b.WriteString("<" + strings.Join(attributes, " "))
		html = rest[i:]
	}
	return b.String()
}

// randomEdit does one thing that a user may do and says what.
func (l liveScreen) randomEdit(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	switch r.IntN(20) {
	case 0:
		kinds := rules.MessageTypes("")
		kind := string(kinds[r.IntN(len(kinds))])
		l.desk.Form.Set(form.PathType, kind)
		l.desk.Changed()
		return kind
	case 1:
		day := pick("2020-01-01", "2023-06-01", "2024-07-15", "2025-12-31", formtest.TestDay, "2026-13-01", "")
		l.desk.Entered(form.PathOn, day)
		return "day " + day
	case 2, 3:
		if l.desk.Form.Groups < 6 {
			l.desk.Form.AddGroup(r.IntN(l.desk.Form.Groups))
			l.desk.Changed()
			return "a group more"
		}
		fallthrough
	case 4:
		if l.desk.Form.Groups > 1 {
			g := r.IntN(l.desk.Form.Groups)
			l.form.RemoveGroup(g)
			return fmt.Sprint("without group ", g)
		}
	case 5:
		l.news.offline, l.news.updateReady = r.IntN(2) == 0, r.IntN(2) == 0
		return "network"
	case 6:
		l.Lang = pick(words.Codes...)
		l.desk.Form.Translate(l.Lang)
		return "language " + l.Lang
	case 7, 8:
		group := fmt.Sprint(r.IntN(l.desk.Form.Groups))
		key := pick("gone", below.PicturesID+"volume", "what0", "howMuch0", "pricing0", reply.ChangesKey, ask.PlaceName(form.InWhom)+group, "passed"+group)
		l.desk.Opened[key] = !l.desk.Opened[key]
		return "toggled " + key
	}
	switch g := r.IntN(l.desk.Form.Groups); r.IntN(10) {
	case 0:
		if l.desk.History.Can(form.Undo) {
			l.desk.Step(form.Undo)
			return "undone"
		}
	case 1:
		if to := r.IntN(l.desk.Form.Groups); to != g {
			l.form.MoveGroup(g, to, "up")
			return fmt.Sprint("group ", g, " to ", to)
		}
	case 2:
		l.desk.Opened[ask.GroupKey(g)] = !l.desk.Opened[ask.GroupKey(g)]
		return fmt.Sprint("folded group ", g)
	}
	questions := l.desk.Form.Questions()
	q := questions[r.IntN(len(questions))]
	answer := ""
	switch q.Kind {
	case form.AskCount, form.AskAmount, form.AskHours:
		answer = pick("", "1", "12", "30", "1.000", "1,5", "250000", "x", form.Never, "999999999999")
	case form.AskYesNo, form.AskFlag:
		answer = pick(form.Yes, form.No, "")
	case form.AskChoice:
		answer = pick(append(q.Options, "")...)
	case form.AskCountry:
		answer = pick("VN", "US", "DE", "IN", "")
	case form.AskDate:
		answer = pick("2026-01-01", "2025-06-01", "nonsense", "")
	case form.AskText:
		answer = pick("Loyal customers", "<b>&", "")
	}
	if r.IntN(2) == 0 {
		l.desk.Typed(q.Path, answer)
		return fmt.Sprintf("typing %q into %s", answer, q.Path)
	}
	l.desk.Entered(q.Path, answer)
	return fmt.Sprintf("%q in %s", answer, q.Path)
}

// A part that is not drawn again although what it shows has changed is seen
// here: after every edit the screen must look as if it had just been opened.
func TestPartsShowWhatAFreshScreenShows(t *testing.T) {
	const edits = 100
	for seed := range uint64(5) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			l := newLiveScreen(t, form.New(formtest.TestDay, "vi"))
			var done []string
			for range edits {
				done = append(done, l.randomEdit(r))
				l.draw()
				got, want := markup(l.screen), markup(l.fresh())
				if got == want {
					continue
				}
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Fatalf("after %s\nthe screen shows …%s…\na fresh one …%s…", strings.Join(done[max(0, len(done)-6):], ", "),
					got[max(0, at-200):min(len(got), at+200)], want[max(0, at-200):min(len(want), at+200)])
			}
		})
	}
}

// What nobody touched is not drawn again: without that a screen with many groups
// is too slow to type into.
func TestTypingDrawsOneGroupAgain(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	for range 19 {
		f.AddGroup(0)
	}
	l := newLiveScreen(t, f)
	typing := func(n string) int {
		return int(testing.AllocsPerRun(1, func() {
			l.desk.Typed(form.GroupPath(7, "recipients"), n)
			l.draw()
		}))
	}
	typing("2")
	one := typing("31")
	all := int(testing.AllocsPerRun(1, func() { goapp.HTMLString(l.fresh()) }))
	if one*2 > all {
		t.Errorf("a keystroke allocates %d times, drawing the screen anew %d times", one, all)
	}
}

// The answer to a key does not wait for the rest of the screen, and the rest comes.
func TestAKeysAnswerIsDrawnFirst(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	f.Set(form.GroupPath(0, "hoursSinceInteraction"), form.Exact+"100")
	l := newLiveScreen(t, f)
	// shown are the total on the stamp and the one in the breakdown.
	shown := func() [2]string {
		html := markup(l.screen)
		_, stamp, _ := strings.Cut(html, `class="stamp-total`)
		_, stamp, _ = strings.Cut(stamp, ">")
		stamp, _, _ = strings.Cut(stamp, "<")
		_, sum, _ := strings.Cut(html, `class="line sum"`)
		_, sum, _ = strings.Cut(sum, "<dd>")
		sum, _, _ = strings.Cut(sum, "<")
		return [2]string{strings.TrimSpace(stamp), strings.TrimSpace(sum)}
	}
	before := shown()
	l.desk.Typed(form.GroupPath(0, "recipients"), "2000")
	l.Update()
	l.browser.Consume()
	if got := shown(); got[0] == before[0] || got[1] != before[1] {
		t.Errorf("before the key %q, at first after it %q", before, got)
	}
	l.draw()
	if got := shown(); got[1] == before[1] || got[0] != got[1] {
		t.Errorf("before the key %q, in the end %q", before, got)
	}
}

// What was drawn before is let go of, however often the screen changes.
func TestChangesLeaveNothingBehind(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	for range 19 {
		f.AddGroup(0)
	}
	l := newLiveScreen(t, f)
	n := 0
	held := func(changes int) int64 {
		for range changes {
			n++
			l.desk.Entered(form.GroupPath(n%20, "recipients"), fmt.Sprint(1000+n))
			l.draw()
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := held(form.MaxStates + 20) // as many as can be undone, and the memos
	after := held(200)
	if grown := after - before; grown > 200*500 {
		t.Errorf("200 changes leave %d bytes behind, of %d", grown, before)
	}
}
