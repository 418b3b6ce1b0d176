package bills

import (
	"bytes"
	"slices"
	"strings"

	"postage/app/table"
	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/audit"
	"postage/rules/reach"
)

// A Column is one of a bill's, and what it is taken for.
type Column struct {
	Name    string
	Letters string            // what a spreadsheet calls it: A, B, …
	Fact    audit.Fact        // empty where it is not used
	Counts  rules.MessageType // whose messages it counts, where there is a column for each type
	Samples []string          // up to three different cells, from the top
	Order   table.Order       // of its dates; unknown where nothing proves it
	Dates   int64             // cells that can be read with either order
	Either  string            // the first of them
	Filled  int64             // cells that are not empty
}

// Asks reports whether the order of day and month must be asked.
func (c *Column) Asks() bool {
	return (c.Fact == audit.FactDay || c.Fact == audit.FactUntil) && c.Order == table.OrderUnknown && c.Dates > 0
}

// countsOf begins what a column is used for that counts the messages of a type.
const countsOf = "count "

// Use is what the column is used for, one of [Uses]; empty where it is not used.
func (c *Column) Use() string {
	if c.Counts != "" {
		return countsOf + string(c.Counts)
	}
	return string(c.Fact)
}

// Uses lists what a column can be used for: the facts by their names, and "count TYPE" for
// the number of messages of a type.
func Uses() (uses []string) {
	for _, f := range audit.Facts() {
		uses = append(uses, string(f))
	}
	var types []string
	for _, t := range vocabularyOf().counts {
		if use := countsOf + t; !slices.Contains(types, use) {
			types = append(types, use)
		}
	}
	slices.Sort(types)
	return append(uses, types...)
}

// A survey is what was seen of a column.
type survey struct {
	looked    int
	fits      map[audit.Fact]int
	kinds     [3]int // of orders of dates
	currency  string // that a cell or the name has
	different map[string]bool
}

// looked at in each column are so many cells that are not empty.
const lookedAt = 1000

// survey goes through all rows once and finds which column holds which fact.
func (f *File) survey() error {
	names := f.source.header()
	f.Columns = make([]Column, len(names))
	f.surveys = make([]survey, len(names))
	surveys := f.surveys
	for i, name := range names {
		f.Columns[i].Name, f.Columns[i].Letters = name, cells.Letters(i)
		surveys[i].fits, surveys[i].different = map[audit.Fact]int{}, map[string]bool{}
	}
	f.numbers, f.wholes = make([]style, len(names)), make([]style, len(names))
	err := f.source.each(func(_ int32, row [][]byte, fault error) bool {
		f.Rows++
		if fault != nil {
			return true
		}
		for i, cell := range row {
			if cell = bytes.TrimSpace(cell); i < len(names) && !table.IsUnknown(cell) {
				surveys[i].look(&f.Columns[i], cell)
				f.numbers[i].learn(cell, false)
				f.wholes[i].learn(cell, true)
			}
		}
		f.Stopped = !f.goesOn(f.Rows)
		return !f.Stopped
	})
	if err != nil {
		return err
	}
	f.assign(surveys)
	for i := range f.Columns {
		c := &f.Columns[i]
		switch day, month := surveys[i].kinds[table.DayFirst], surveys[i].kinds[table.MonthFirst]; {
		case day > 0 && month == 0:
			c.Order = table.DayFirst
		case month > 0 && day == 0:
			c.Order = table.MonthFirst
		}
	}
	return nil
}

// learn settles how numbers are written, by all columns that hold some.
func (f *File) learn() {
	f.style = style{plain: f.style.plain}
	for i := range f.Columns {
		from := f.numbers[i]
		switch fact := f.Columns[i].Fact; {
		case fact == audit.FactCount, f.Columns[i].Counts != "":
			from = f.wholes[i]
		case fact != audit.FactAmount && fact != audit.FactUnitPrice:
			continue
		}
		f.style.proofs[0] += from.proofs[0]
		f.style.proofs[1] += from.proofs[1]
	}
	f.style.settle(f.currency() == "VND")
}

// look looks at one cell.
func (s *survey) look(c *Column, cell []byte) {
	c.Filled++
	const samples = 3
	if sample := cells.Shown(cell); len(c.Samples) < samples && !slices.Contains(c.Samples, sample) {
		c.Samples = append(c.Samples, sample)
	}
	const longestDate = 64
	if len(cell) <= longestDate {
		first, _, _ := cutPeriod(cell)
		if d, ok := table.ReadDate(first); ok {
			order, either := d.Proves()
			if either {
				if c.Dates == 0 {
					c.Either = cells.Shown(cell)
				}
				c.Dates++
			}
			s.kinds[order]++
		}
	}
	if s.looked == lookedAt {
		return
	}
	s.looked++
	if n, ok := readRaw(cell); ok && n.sign != "" && s.currency == "" {
		s.currency = n.sign
	}
	for _, fact := range audit.Facts() {
		if fits(fact, cell) {
			s.fits[fact]++
		}
	}
}

// fits reports whether a cell can be read as a fact.
func fits(fact audit.Fact, cell []byte) (ok bool) {
	v := vocabularyOf()
	word := func(kind string) bool { _, ok := v.cell(kind, cell); return ok }
	switch fact {
	case audit.FactDay, audit.FactUntil:
		first, _, _ := cutPeriod(cell)
		if _, ok = table.ReadDate(first); !ok {
			_, ok = table.ReadMonth(cell)
		}
	case audit.FactChannel:
		ok = word("channel")
	case audit.FactType:
		_, _, ok = typeOf(cell, true)
		_, _, _, isTemplate := v.templateIn(cell)
		ok = ok || isTemplate || word("kind") || word("fee") || word("sum") || word("total")
	case audit.FactKind:
		ok = word("kind")
	case audit.FactTag:
		ok = word("tag")
	case audit.FactCountry:
		ok = !isNumeral(cell[0]) && slices.ContainsFunc(countryParts(cell), func(part []byte) bool {
			_, ok := table.ReadCountry(part)
			return ok || isMarket(part)
		})
	case audit.FactPhone:
		_, _, code := table.ReadPhone(barePhone(cell), reach.Country{})
		ok = code == ""
	case audit.FactCount:
		s := style{}
		_, ok = s.whole(cell)
	case audit.FactAmount, audit.FactUnitPrice:
		_, ok = readRaw(cell)
	case audit.FactCurrency:
		_, ok = currencyOf(cell)
	case audit.FactCharge:
		ok = word("charge")
	case audit.FactStatus, audit.FactDirection:
		const longest = 32
		ok = len(cell) <= longest && !isNumeral(cell[0])
	}
	return ok
}

// barePhone takes off what Twilio writes before a number.
func barePhone(cell []byte) []byte {
	if at := bytes.IndexByte(cell, ':'); at > 0 && at < len("whatsapp:") {
		return cell[at+1:]
	}
	return cell
}

// isOfZalo reports whether a bill is Zalo's: its columns or its cells say so, and do not
// speak of WhatsApp.
func (f *File) isOfZalo() bool {
	zalo, whatsapp, template, other := false, false, false, false
	for i := range f.found {
		folded := " " + table.Fold(f.found[i].Name) + " "
		zalo = zalo || strings.Contains(folded, " zalo ") || strings.Contains(folded, " zns ") || strings.Contains(folded, " zbs ") || strings.Contains(folded, " oa ")
		whatsapp = whatsapp || strings.Contains(folded, " whatsapp ") || strings.Contains(folded, " waba ")
		for _, sample := range f.found[i].Samples {
			if value, ok := vocabularyOf().cell("channel", []byte(sample)); ok {
				zalo, whatsapp = zalo || value[0] == 'z', whatsapp || value == "whatsapp"
			}
			if _, _, _, ok := vocabularyOf().templateIn([]byte(sample)); ok {
				template = true
			} else if t, _, ok := typeOf([]byte(sample), false); ok && t.Channel() == rules.ChannelWhatsApp {
				other = true
			}
		}
	}
	zalo = zalo || template && !other
	for _, w := range f.options.Ways {
		of := w.Message.Type.Platform() == rules.ZNS.Platform()
		zalo, whatsapp = zalo || of, whatsapp || !of
	}
	if !zalo && !whatsapp {
		// A table of templates by kind, without a country.
		kind, country := -1, false
		for i := range f.found {
			folded, s := table.Fold(f.found[i].Name), &f.surveys[i]
			if named, _ := score(audit.FactKind, folded); named > 0 && share(s, audit.FactKind) >= enough && s.looked > 0 {
				kind = i
			}
			named, _ := score(audit.FactCountry, folded)
			country = country || named > 0
		}
		return kind >= 0 && !country
	}
	return zalo && !whatsapp
}

const (
	enough = 50  // per cent of the cells that must be as a fact is
	surely = 90  // per cent of the cells that tell a fact without a name
	whole  = 100 // per cent
)

// share is how many per cent of the cells can be read as a fact.
func share(s *survey, fact audit.Fact) int {
	if s.looked == 0 {
		return 0
	}
	return s.fits[fact] * whole / s.looked
}

// Scores by how a column is recognised.
const (
	byName = 10_000
	byPart = 3_000
	byCell = 100
)

// score is how well a name fits a fact, and whether words rule it out.
func score(fact audit.Fact, folded string) (points int, not bool) {
	v := vocabularyOf()
	if folded == table.Fold(string(fact)) {
		return byName + byName/2, false
	}
	spaced := " " + folded + " "
	if fact == audit.FactAmount || fact == audit.FactUnitPrice {
		spaced = withoutTax(spaced)
		folded = strings.TrimSpace(spaced)
	}
	if at := slices.Index(v.names[fact], folded); at >= 0 {
		const step = 20
		return byName - step*at, false
	}
	for _, word := range v.not[fact] {
		if strings.Contains(spaced, " "+word+" ") {
			return 0, true
		}
	}
	for _, name := range v.names[fact] {
		if len(name) > 2 && strings.Contains(spaced, " "+name+" ") {
			points = max(points, byPart+len(name))
		}
	}
	return points, false
}

// withoutTax takes off a name what it says of the tax, so that a column of amounts with the
// tax is not taken for one of taxes.
func withoutTax(name string) string {
	v := vocabularyOf()
	for _, words := range [...][]string{v.included, v.excluded} {
		longest := ""
		for _, w := range words {
			if len(w) > len(longest) && strings.Contains(name, " "+w+" ") {
				longest = w
			}
		}
		if longest != "" && strings.TrimSpace(name) != longest {
			name = strings.Replace(name, " "+longest+" ", " ", 1)
		}
	}
	return name
}

// byCells are the facts that cells alone tell.
var byCells = []audit.Fact{audit.FactDay, audit.FactType, audit.FactKind, audit.FactCountry, audit.FactPhone, audit.FactCurrency, audit.FactChannel}

// assign gives facts to columns, the best fit first.
func (f *File) assign(surveys []survey) {
	type likeness struct {
		column int
		fact   audit.Fact
		score  int
	}
	var all []likeness
	analytics := slices.ContainsFunc(f.Columns, func(c Column) bool { return table.Fold(c.Name) == "pricing category" })
	for i := range f.Columns {
		folded, s := table.Fold(f.Columns[i].Name), &surveys[i]
		for _, fact := range audit.Facts() {
			fit := share(s, fact)
			if s.looked > 0 && fit < enough {
				continue
			}
			if analytics && fact == audit.FactPhone {
				continue // the number of the business
			}
			points, not := score(fact, folded)
			switch {
			case points > 0:
				all = append(all, likeness{i, fact, points + fit})
			case !not && fit >= surely && s.looked > 0 && slices.Contains(byCells, fact) && !isOnlyNumbers(s):
				all = append(all, likeness{i, fact, byCell + fit})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b likeness) int { return b.score - a.score })
	given := map[audit.Fact]bool{}
	for _, l := range all {
		if !given[l.fact] && f.Columns[l.column].Fact == "" {
			given[l.fact] = true
			f.Columns[l.column].Fact = l.fact
		}
	}
	f.findCounts(surveys)
}

func isOnlyNumbers(s *survey) bool {
	return share(s, audit.FactAmount) == whole && share(s, audit.FactDay) < whole
}

// findCounts finds the columns that each count one type, where no column has the type.
func (f *File) findCounts(surveys []survey) {
	if f.column(audit.FactType) >= 0 {
		return
	}
	var found []int
	for i := range f.Columns {
		if _, counts := vocabularyOf().counts[table.Fold(f.Columns[i].Name)]; counts && share(&surveys[i], audit.FactCount) == whole {
			found = append(found, i)
		}
	}
	const least = 2
	if len(found) < least {
		return
	}
	for i := range f.Columns {
		if f.Columns[i].Fact == audit.FactCount {
			f.Columns[i].Fact = ""
		}
	}
	for _, i := range found {
		f.Columns[i].Fact = ""
		f.Columns[i].Counts = rules.MessageType(vocabularyOf().counts[table.Fold(f.Columns[i].Name)])
	}
}

// typeByName finds the column whose name alone says that it has the type, so that its rows
// can be named that say none that is known; -1 where there is none, and where another column
// tells what was sent.
func (f *File) typeByName() int {
	told := slices.ContainsFunc(f.found, func(c Column) bool {
		return c.Counts != "" || c.Fact == audit.FactType || c.Fact == audit.FactKind || c.Fact == audit.FactChannel && f.isOfZalo()
	})
	if told {
		return -1
	}
	best, at := len(vocabularyOf().named), -1
	for i := range f.found {
		c, s := &f.found[i], &f.surveys[i]
		if c.Fact != "" || s.looked == 0 || share(s, audit.FactAmount) >= enough || share(s, audit.FactDay) >= enough || slices.ContainsFunc(c.Samples, isMedia) {
			continue
		}
		if k := slices.Index(vocabularyOf().named, table.Fold(c.Name)); k >= 0 && k < best {
			best, at = k, i
		}
	}
	return at
}

// isMedia reports whether a cell says the form of a message: a text, a picture.
func isMedia(cell string) bool {
	_, ok := vocabularyOf().cell("media", []byte(cell))
	return ok
}

// column is the place of the column of a fact, -1 where there is none.
func (f *File) column(fact audit.Fact) int {
	return slices.IndexFunc(f.Columns, func(c Column) bool { return c.Fact == fact })
}

// useEach takes what each column is used for.
func (f *File) useEach(uses []string) error {
	if uses == nil {
		return nil
	}
	taken := map[string]bool{}
	for i := range f.Columns {
		c := &f.Columns[i]
		c.Fact, c.Counts = "", ""
		if i >= len(uses) || uses[i] == "" {
			continue
		}
		if !slices.Contains(Uses(), uses[i]) {
			return &Error{Code: NoFact, Found: cells.Shown([]byte(uses[i]))}
		}
		if taken[uses[i]] {
			return &Error{Code: TwoFacts, Column: c.Name}
		}
		taken[uses[i]] = true
		if kind, counts := strings.CutPrefix(uses[i], countsOf); counts {
			c.Counts = rules.MessageType(kind)
		} else {
			c.Fact = audit.Fact(uses[i])
		}
	}
	return nil
}

// use takes the columns that the configuration names for facts; an empty name says that
// no column has the fact.
func (f *File) use(headers map[string]string) error {
	taken := map[int]bool{}
	for _, fact := range audit.Facts() {
		name, given := headers[string(fact)]
		if !given {
			continue
		}
		for i := range f.Columns {
			if f.Columns[i].Fact == fact {
				f.Columns[i].Fact = ""
			}
		}
		if name == "" {
			continue
		}
		place := f.place(name)
		if place < 0 {
			return &Error{Code: NoColumn, Found: cells.Shown([]byte(name))}
		}
		if taken[place] {
			return &Error{Code: TwoFacts, Column: f.Columns[place].Name}
		}
		taken[place] = true
		f.Columns[place].Fact, f.Columns[place].Counts = fact, ""
	}
	for fact := range headers {
		if !slices.Contains(audit.Facts(), audit.Fact(fact)) {
			return &Error{Code: NoFact, Found: cells.Shown([]byte(fact))}
		}
	}
	return nil
}

// place finds a column by its name, by its name without capitals and accents, or by its
// letters.
func (f *File) place(name string) int {
	name = strings.Join(strings.Fields(name), " ")
	for _, same := range []func(c *Column) bool{
		func(c *Column) bool { return c.Name == name },
		func(c *Column) bool { return c.Name != "" && table.Fold(c.Name) == table.Fold(name) },
		func(c *Column) bool { return c.Letters == strings.ToUpper(name) },
	} {
		for i := range f.Columns {
			if same(&f.Columns[i]) {
				return i
			}
		}
	}
	return -1
}

// currency is what the bill as a whole says of its currency: in the name of the column of
// amounts, or by a sign in one of them.
func (f *File) currency() string {
	for _, fact := range []audit.Fact{audit.FactAmount, audit.FactUnitPrice} {
		if at := f.column(fact); at >= 0 {
			for word := range strings.FieldsFuncSeq(f.Columns[at].Name, func(r rune) bool { return strings.ContainsRune(" ()[]/,:;-_", r) }) {
				if code, ok := wordOfCurrency(word); ok {
					return code
				}
			}
		}
	}
	for i := range f.Columns {
		amounts := f.Columns[i].Fact == audit.FactAmount || f.Columns[i].Fact == audit.FactUnitPrice
		if sign := f.surveys[i].currency; amounts && sign != "" {
			return sign
		}
	}
	if at := f.column(audit.FactCurrency); at >= 0 && len(f.Columns[at].Samples) == 1 {
		if code, ok := currencyOf([]byte(f.Columns[at].Samples[0])); ok {
			return code
		}
	}
	return f.options.Currency
}

// wordOfCurrency reads the sign or the word of a currency that bills are often in.
func wordOfCurrency(word string) (code string, ok bool) {
	const short = 1 // a letter alone means nothing
	if _, listed := vocabularyOf().cell("currency", []byte(word)); !listed && !strings.ContainsAny(word, "$€₫₹₽") || len(word) == short && word != "$" {
		return "", false
	}
	return currencyOf([]byte(word))
}

// tax is what the name of the column of amounts says of the tax.
func (f *File) tax() audit.Tax {
	at := f.column(audit.FactAmount)
	if at < 0 {
		at = f.column(audit.FactUnitPrice)
	}
	if at < 0 {
		return audit.TaxUnsaid
	}
	name := " " + table.Fold(f.Columns[at].Name) + " "
	has := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, " "+w+" ") })
	}
	v := vocabularyOf()
	switch {
	case has(v.excluded):
		return audit.TaxExcluded
	case has(v.included):
		return audit.TaxIncluded
	}
	return audit.TaxUnsaid
}
