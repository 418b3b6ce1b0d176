package rules

import (
	"embed"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

//go:embed book/*.csv book/cards/*.csv
var bookFiles embed.FS

// A Status says how well a fact is supported.
type Status string

// The statuses of a fact, best first.
const (
	Official     Status = "official"     // the platform's own text
	Corroborated Status = "corroborated" // two independent sources
	Single       Status = "single"       // one source
	Derived      Status = "derived"      // worked out from other facts
	Contested    Status = "contested"    // sources disagree on it, or on its day where that changes an answer
)

// A SourceStatus says how near a source is to the platform.
type SourceStatus string

// The statuses of a source, nearest first.
const (
	SourceOfficial  SourceStatus = "official"  // the platform's own page
	SourceCopy      SourceStatus = "copy"      // somebody else's copy of one
	SourceReading   SourceStatus = "reading"   // somebody's notes of having read one
	SourceDerived   SourceStatus = "derived"   // put together from other sources
	SourceSecondary SourceStatus = "secondary" // resellers, vendors, press
)

// A Source is a document that facts of the book rest on.
type Source struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"` // in its own language
	Publisher string       `json:"publisher"`
	URL       string       `json:"url,omitempty"` // empty where no address is known
	Language  string       `json:"language"`      // BCP 47
	Date      string       `json:"date"`          // of its content: a year, a month or a day
	Status    SourceStatus `json:"status"`
}

// A Fact is one value of a rule, in force from a day until the rule's next fact.
type Fact struct {
	Since   Date     `json:"since,omitzero"` // zero: as far back as the book goes
	Value   string   `json:"value"`          // "none": from this day the rule has no value
	Status  Status   `json:"status"`
	Sources []string `json:"sources"`

	n      int64           // the value, where it is a whole number
	amount decimal.Decimal // the same, to reckon with
	words  []string        // the value's words
}

// none is the value of a fact that ends a rule: from its day there is no value.
const none = "none"

// A rule is a named series of facts, oldest first.
type rule struct {
	id    string
	facts []Fact
}

// on returns the fact in force on a day, nil where the book has none.
func (r *rule) on(day Date) *Fact {
	for i := len(r.facts) - 1; i >= 0; i-- {
		if f := &r.facts[i]; f.Since <= day {
			if f.Value == none {
				return nil
			}
			return f
		}
	}
	return nil
}

// latest returns the fact that a day falls under even where it ends the rule;
// before the first fact it returns that one. Checks cite it.
func (r *rule) latest(day Date) *Fact {
	for i := len(r.facts) - 1; i > 0; i-- {
		if f := &r.facts[i]; f.Since <= day {
			return f
		}
	}
	return &r.facts[0]
}

func (f *Fact) has(word string) bool { return slices.Contains(f.words, word) }

// A reading is a contested fact with the values that `assume` may choose.
type reading struct {
	id     string
	values []string // the default first
}

// theBook holds everything that the data files say. It is read once, before
// the rules of the channels take hold of their facts.
var theBook = mustReadBook()

type bookData struct {
	rules       map[string]*rule
	order       []string // rule ids as in the files
	sources     []Source
	readings    []reading
	notices     []noticeRule
	conversions map[int64]int64 // of daily quotas, old to new
	oldQuotas   []int64         // its keys as in the file, lowest first
	uses        []use
	leftOut     []leftOut
	starts      []start
	errors      []errorRule
	providers   []Provider
	checked     Date // see [Checked]
	shelf       *cardShelf
	claimed     map[string]bool // rules that the code uses
}

// factFiles are the files with facts, one for each channel.
var factFiles = []string{"zalo-uid", "zalo-zns", "messenger", "whatsapp"}

func mustReadBook() *bookData {
	book, err := readBook(bookFiles)
	if err != nil {
		panic("rules: " + err.Error())
	}
	return book
}

// readBook reads a book from a folder with the book's files.
func readBook(files folder) (*bookData, error) {
	b := &bookData{rules: map[string]*rule{}, conversions: map[int64]int64{}, shelf: newCardShelf(files), claimed: map[string]bool{}}
	for _, name := range factFiles {
		err := eachRow(files, "book/"+name+".csv", "id,since,value,status,sources", func(c []string) error {
			return b.addFact(c[0], c[1], c[2], c[3], c[4])
		})
		if err != nil {
			return nil, err
		}
	}
	err := eachRow(files, "book/sources.csv", "id,title,publisher,url,language,date,status", func(c []string) error {
		b.sources = append(b.sources, Source{ID: c[0], Title: c[1], Publisher: c[2], URL: c[3], Language: c[4], Date: c[5], Status: SourceStatus(c[6])})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(files, "book/readings.csv", "id,default,others", func(c []string) error {
		b.readings = append(b.readings, reading{c[0], append([]string{c[1]}, strings.Fields(c[2])...)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(files, "book/notices.csv", "code,types,since,until,when,sources", func(c []string) error {
		since, err := optionalDate(c[2])
		if err != nil {
			return err
		}
		until, err := optionalDate(c[3])
		if err != nil {
			return err
		}
		n := noticeRule{code: c[0], types: strings.Fields(c[1]), since: since, until: until, sources: strings.Fields(c[5])}
		for _, word := range strings.Fields(c[4]) {
			if t, ok := strings.CutPrefix(word, "cheaper:"); ok {
				n.cheaper = MessageType(t)
			} else {
				n.when = word
			}
		}
		b.notices = append(b.notices, n)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(files, "book/zns-conversion.csv", "old,new,tags", func(c []string) error {
		before, err := strconv.ParseInt(c[0], 10, 64)
		if err != nil {
			return err
		}
		b.oldQuotas = append(b.oldQuotas, before)
		b.conversions[before], err = strconv.ParseInt(c[1], 10, 64)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(files, "book/purposes.csv", "purpose,type,promotional,automated,template,tag,tag_before_2024_04_16", func(c []string) error {
		u, err := readUse(c)
		b.uses = append(b.uses, u)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(files, "book/checked.csv", "day", func(c []string) error {
		day, err := ParseDate(c[0])
		if err == nil && day <= b.checked {
			err = errors.New(c[0] + " does not come after " + b.checked.String())
		}
		b.checked = day
		return err
	})
	if err != nil {
		return nil, err
	}
	if b.errors, err = readErrors(files); err != nil {
		return nil, err
	}
	if b.leftOut, err = readLeftOut(files); err != nil {
		return nil, err
	}
	if b.starts, err = readStarts(files); err != nil {
		return nil, err
	}
	b.providers, err = readProviders(files)
	return b, err
}

func (b *bookData) addFact(id, since, value, status, sources string) error {
	day, err := optionalDate(since)
	if err != nil {
		return err
	}
	f := Fact{Since: day, Value: value, Status: Status(status), Sources: strings.Fields(sources), words: strings.Fields(value)}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		f.n, f.amount = n, decimal.NewFromInt(n)
	}
	r := b.rules[id]
	if r == nil {
		r = &rule{id: id}
		b.rules[id] = r
		b.order = append(b.order, id)
	}
	if k := len(r.facts); k > 0 && r.facts[k-1].Since >= day {
		return errors.New(id + ": " + since + " does not come after " + r.facts[k-1].Since.String())
	}
	r.facts = append(r.facts, f)
	return nil
}

// rule returns the series with that id. A missing one is a mistake in the data
// that no caller can mend. The package starts by some hundred calls of it: put in line
// they would make that start so long that browsers optimise it.
//
//go:noinline
func (b *bookData) rule(id string) *rule {
	r := b.rules[id]
	if r == nil {
		panic("rules: no table of book/ has a row of " + id)
	}
	b.claimed[id] = true
	return r
}

// rulesOf returns a rule for each of some words: the one whose id is that word
// between a beginning and an end.
func rulesOf[W ~string](beginning, end string, words ...W) map[W]*rule {
	of := make(map[W]*rule, len(words))
	for _, word := range words {
		of[word] = theBook.rule(beginning + string(word) + end)
	}
	return of
}

// family returns those of some rules that there are, by what stands behind the
// beginning of their ids.
func (b *bookData) family(beginning string, ends []string) map[string]*rule {
	family := map[string]*rule{}
	for _, end := range ends {
		if b.rules[beginning+end] != nil {
			family[end] = b.rule(beginning + end)
		}
	}
	return family
}

func optionalDate(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	return ParseDate(s)
}

// Checked returns the day on which the book was last held against its sources:
// of what came later it knows only what was announced by then.
func Checked() Date { return theBook.checked }

// Sources returns the register of sources.
func Sources() []Source { return slices.Clone(theBook.sources) }

// SourceByID returns a source of the register.
func SourceByID(id string) (Source, bool) {
	for _, s := range theBook.sources {
		if s.ID == id {
			return s, true
		}
	}
	return Source{}, false
}

// Readings returns the values that assume may choose for each contested fact,
// the default first.
func Readings() map[string][]string {
	readings := make(map[string][]string, len(theBook.readings))
	for _, r := range theBook.readings {
		readings[r.id] = slices.Clone(r.values)
	}
	return readings
}

// RuleOn returns the fact of a rule that is in force on a day, and false where
// the book has none.
func RuleOn(id string, day Date) (Fact, bool) {
	r := theBook.rules[id]
	if r == nil {
		return Fact{}, false
	}
	f := r.on(day)
	if f == nil {
		return Fact{}, false
	}
	return *f, true
}
