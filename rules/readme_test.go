package rules

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheReadmesExampleBreaksNoTest follows README.md to the letter, in a copy
// of this module: a card on the day of its example, another half a year later
// without printed tiers and without a sheet, and a price with one row more, that
// is not whole without its tax. The tests of the rules and of the screen hold on
// that book too, the golden files once recorded anew.
func TestTheReadmesExampleBreaksNoTest(t *testing.T) {
	copied := t.TempDir()
	for _, part := range []string{"rules", "app"} {
		if err := os.CopyFS(filepath.Join(copied, part), os.DirFS(filepath.Join("..", part))); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string { return filepath.Join(copied, filepath.FromSlash(name)) }
	read := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		write(file(name), read(filepath.Join("..", name)))
	}

	// The line of the example; once there is such a card, that of a later one.
	m := regexp.MustCompile("`(whatsapp\\.card,([0-9-]+),[^`]+)`").FindStringSubmatch(read("README.md"))
	if m == nil {
		t.Fatal("README.md has no line for the register of the cards")
	}
	example, since := m[1], day(t, m[2])
	if later := afterTheLast("whatsapp.card"); since < later {
		example, since = strings.ReplaceAll(example, since.String(), later.String()), later
		example = strings.ReplaceAll(example, m[2][:7], later.String()[:7])
	}
	// under puts a line under the last one of a rule.
	under := func(table, id, line string) {
		t.Helper()
		text := read(file(table))
		at := strings.LastIndex("\n"+text, "\n"+id+",")
		if at < 0 {
			t.Fatalf("%s has no %s", table, id)
		}
		end := at + strings.Index(text[at:], "\n") + 1
		write(file(table), text[:end]+line+"\n"+text[end:])
	}
	card := func(line, text string) {
		t.Helper()
		cells := strings.Split(line, ",")
		write(file("rules/book/cards/"+cells[2]+".csv"), text)
		under("rules/book/whatsapp.csv", "whatsapp.card", line)
		write(file("rules/book/sources.csv"), read(file("rules/book/sources.csv"))+
			fmt.Sprintf("%s,USD rate card from %s,Meta (copy),,en,%s,copy\n", cells[4], cells[1], cells[1][:7]))
	}
	printed := cardFile(t, "usd-2026-10-01")
	card(example, strings.Replace(printed, "Rest of Asia Pacific,marketing,0,,0.0842", "Rest of Asia Pacific,marketing,0,,0.0999", 1))
	second := since.AddDays(181)
	card(fmt.Sprintf("whatsapp.card,%s,usd-%[1]s,single,WA-CARD-LATER", second), listRatesOnly(printed))
	const price = "zalo.uid.consultation.price"
	under("rules/book/zalo-uid.csv", price, fmt.Sprintf("%s,%s,60,official,S000", price, max(since, afterTheLast(price)).AddDays(31)))

	run := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "go", append([]string{"test", "-vet=off", "-timeout=15m"}, args...)...)
		cmd.Dir = copied
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go test %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	run("./rules", "-run", "Golden", "-update")
	// Left out are those that take long and that a card or a price cannot change: which
	// fields decide, what every screen says, and random scenarios, which come to their own
	// sums on any book.
	run(append(exampleRooms, "-short", "-skip", "TheReadmesExample|TestTheFieldsThatChangeAnAnswer|TestNobodyIsDealtBetter|TestNoOtherMixIsBetter|TestAMixIsNeverWorse|"+
		"TestASlowWayAnswersRandomPlans|TestOnePriceForEveryPoint|TestYesNeverMakes|TestAPackageCostsWhat|TestACompareInJSON|TestAnswersAreWrittenAs|TestGroupsOfAStep|TestAPlanIsWritten|"+
		"TestEveryPanelHasItsWords|TestPartsShow|TestChangesLeave|TestDraft|TestOpen|TestFrame|TestNoScreenShowsAKeyOrAPlaceholder|TestWhatAnAnswerDependsOnIsAsked|TestEveryFailedCheckSaysWhatWouldMendIt|TestTwoTabsLose|TestADraftThatWouldNot|Fuzz")...)
}

// exampleRooms are the packages whose tests are run on the README's example. "make
// test-full" puts all others to them that show prices, which takes minutes.
var exampleRooms = []string{"./rules"}

// TestTheReadmesExampleOfAFactIsThere looks for the lines that README.md shows in
// the files that it names. Blanks do not matter.
func TestTheReadmesExampleOfAFactIsThere(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	plain := func(text []byte) string { return strings.Join(strings.Fields(string(text)), " ") }
	files := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^((?:rules|app)/[^ ]+\.(?:csv|go|txt)) +(.+)$`).FindAllSubmatch(readme, -1) {
		name := string(m[1])
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = true
		if !strings.Contains(plain(text), plain(m[2])) {
			t.Errorf("%s has no %s", name, m[2])
		}
	}
	if len(files) != 5 {
		t.Errorf("the example goes through %d files in all but two languages, not 5", len(files))
	}
}
