package table

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"postage/app/table/cells"
	"postage/app/table/phone"
	"postage/rules/reach"
)

// A Column is one of a file's, and what it is taken for.
type Column struct {
	Name    string   // from the header; may be empty
	Letters string   // what a spreadsheet calls it: A, B, …
	Place   int      // from 0 on
	Fact    string   // as [reach.Facts] names it; empty where it is not used
	Samples []string // up to three different cells, from the top
	Filled  int64    // cells that are not empty
	Order   Order    // of its dates; unknown where nothing proves it
	Dates   int64    // cells that can be read with either order
	Mixed   bool     // some of its dates have the day first, and others the month
}

// Asks reports whether the order of day and month must be asked before the column can
// be read as a date.
func (c *Column) Asks() bool { return c.Order == OrderUnknown && c.Dates > 0 }

// String says what the column is taken for: A "Name": phone.
func (c *Column) String() string {
	return c.Letters + " " + strconv.Quote(c.Name) + ": " + cmp.Or(c.Fact, "not used")
}

// Columns are all columns of a file.
type Columns struct {
	List []Column
	Rows int64 // below the header that are not blank
}

// A Survey is what was seen of the columns of a file, or of several that hold one list
// in parts. It has nothing of the file, so that it may be kept and sent as JSON.
type Survey struct {
	Header  []string
	Rows    int64 // below the header that are not blank
	Last    int64 // the number of the last row that was read, blank ones included; 1 is the header
	Columns []SurveyedColumn
}

// A SurveyedColumn is what was seen of a column.
type SurveyedColumn struct {
	Samples []string // up to three different cells, from the top
	Filled  int64    // cells that are not empty
	Dates   int64    // of them those that are dates with either order of day and month
	Proofs  [3]int64 // those that are dates of each order
	First   []byte   // what each of the first cells can be read as, a bit for each
}

// What a cell can be read as, after the bits of the kinds.
const (
	looksLikeNumber = 1 << 6 // it has the digits of a phone number, of whatever country
	looksLikeID     = 1 << 7 // it is a long number, as user ids are
)

// share is how many in a hundred of the first cells can be read as one of some.
func (s *SurveyedColumn) share(as byte) int {
	n := 0
	for _, cell := range s.First {
		if cell&as != 0 {
			n++
		}
	}
	return n * whole / max(1, len(s.First))
}

// has reports whether any of the first cells can be read as one of some.
func (s *SurveyedColumn) has(as byte) bool {
	return slices.ContainsFunc(s.First, func(cell byte) bool { return cell&as != 0 })
}

// as is the bit of a kind.
func as(kind reach.Kind) byte { return 1 << slices.Index(kinds, kind) }

var kinds = []reach.Kind{reach.KindPhone, reach.KindText, reach.KindYesNo, reach.KindMoment, reach.KindCount, reach.KindCountry}

// Contents of a column are looked at in so many of its cells that are not empty.
const lookedAt = 1000

// Columns goes through all rows once, and finds which column holds which fact, by its
// name and by what stands in it, and in which order its dates are. The progress is
// called every thousand rows with the part of the file that was read, 0 to 1; where it
// returns false the reading stops, and what was found so far is returned. It may be nil.
func (f *File) Columns(progress func(float64) bool) (*Columns, error) {
	s, err := f.Survey(progress)
	if err != nil {
		return nil, err
	}
	return s.Settle(), nil
}

// Survey goes through all rows once and looks at the columns. The progress is as for
// [File.Columns].
func (f *File) Survey(progress func(float64) bool) (*Survey, error) {
	s := &Survey{Header: f.Header, Columns: make([]SurveyedColumn, len(f.Header))}
	rows := f.Rows()
	rows.Next() // the header
	for rows.Next() {
		s.Rows++
		if progress != nil && s.Rows%progressRows == 0 && !progress(rows.Progress()) {
			break
		}
		if rows.Fault() != nil {
			continue
		}
		for i, cell := range rows.Cells() {
			if i < len(s.Columns) && len(cell) > 0 {
				if cell = bytes.TrimSpace(cell); len(cell) > 0 {
					s.Columns[i].look(cell)
				}
			}
		}
	}
	s.Last = int64(rows.Row())
	return s, rows.Err()
}

const progressRows = 1000

// Add adds what was seen of the next part of the list, which has the same header.
func (s *Survey) Add(next *Survey) {
	s.Rows += next.Rows
	s.Last += next.Last - 1 // its header is none of the list's rows
	for i := range s.Columns {
		c, more := &s.Columns[i], &next.Columns[i]
		if c.Filled < lookedAt {
			for _, sample := range more.Samples {
				c.sample(sample)
			}
		}
		c.Filled += more.Filled
		c.Dates += more.Dates
		for order, n := range more.Proofs {
			c.Proofs[order] += n
		}
		c.First = append(c.First, more.First[:min(len(more.First), lookedAt-len(c.First))]...)
	}
}

// Settle says which column holds which fact, and in which order its dates are.
func (s *Survey) Settle() *Columns {
	c := &Columns{Rows: s.Rows, List: make([]Column, len(s.Header))}
	for i, name := range s.Header {
		seen := &s.Columns[i]
		c.List[i] = Column{Name: name, Letters: cells.Letters(i), Place: i, Samples: seen.Samples, Filled: seen.Filled, Dates: seen.Dates}
		c.List[i].settle(seen)
	}
	c.assign(s.Columns)
	return c
}

// look looks at one cell.
func (s *SurveyedColumn) look(cell []byte) {
	if s.Filled++; s.Filled <= lookedAt && len(s.Samples) < mostSamples {
		s.sample(cells.Shown(cell))
	}
	if couldBeDate(cell) {
		if w, ok := parseWhen(cell); ok {
			order, either := w.proves()
			if either {
				s.Dates++
			}
			s.Proofs[order]++
		}
	}
	if len(s.First) < lookedAt && !isUnknown(cell) {
		s.First = append(s.First, looks(cell))
	}
}

const mostSamples = 3

// sample keeps a sample, if it is another one than those that there are.
func (s *SurveyedColumn) sample(shown string) {
	if len(s.Samples) < mostSamples && !slices.Contains(s.Samples, shown) {
		s.Samples = append(s.Samples, shown)
	}
}

// looks is what a cell can be read as.
func looks(cell []byte) (as byte) {
	for i, kind := range kinds {
		if fits(kind, cell) {
			as |= 1 << i
		}
	}
	if hasDigitsOfPhone(cell) {
		as |= looksLikeNumber
	}
	if text := cells.AsText(string(cell)); cells.OnlyDigits(text) && leastUID <= len(text) && len(text) <= mostDigitsOfUID {
		as |= looksLikeID
	}
	return as
}

// hasDigitsOfPhone reports whether a cell has as many digits as phone numbers have, and
// no letters.
func hasDigitsOfPhone(cell []byte) bool {
	const least, most = 7, 15
	digits := 0
	for _, c := range cell {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c >= 'A':
			return false
		}
	}
	return least <= digits && digits <= most
}

// A user id in digits has so many of them.
const (
	leastUID        = 15
	mostDigitsOfUID = 20
)

// couldBeDate tells most cells that are no date in days and months from those that may
// be one.
func couldBeDate(cell []byte) bool {
	const shortest, longest = len("1/2/26"), 40
	if len(cell) < shortest || len(cell) > longest {
		return false
	}
	if isDigit := func(c byte) bool { return '0' <= c && c <= '9' }; !isDigit(cell[0]) && !isDigit(cell[len(cell)-1]) {
		return false
	}
	signs, digits := 0, 0
	for _, c := range cell {
		switch {
		case c == '/' || c == '-' || c == '.' || c == ' ':
			signs++
		case '0' <= c && c <= '9':
			digits++
		}
	}
	return signs >= 2 && digits >= 4
}

// fits reports whether a cell can be read as a kind of fact.
func fits(kind reach.Kind, cell []byte) bool {
	switch kind {
	case reach.KindPhone:
		_, _, code := phone.Read(cell, reach.Country{})
		return code == "" || code == cells.LostDigits
	case reach.KindText:
		_, code := readUID(cell)
		return code == ""
	case reach.KindYesNo:
		_, ok := readAnswer(cell)
		if !ok {
			_, ok = parseWhen(cell)
		}
		return ok
	case reach.KindMoment:
		_, ok := parseWhen(cell)
		return ok || vocabularyOf().never[foldCell(cell)]
	case reach.KindCount:
		_, ok := readCount(cell)
		return ok
	default:
		_, ok := readCountry(cell)
		return ok
	}
}

// settle says in which order the dates of the column are.
func (c *Column) settle(s *SurveyedColumn) {
	day, month := s.Proofs[DayFirst], s.Proofs[MonthFirst]
	switch {
	case day > 0 && month > 0:
		c.Mixed = true
	case day > 0:
		c.Order = DayFirst
	case month > 0:
		c.Order = MonthFirst
	}
}

// A likeness says how well a column fits a fact.
type likeness struct {
	column, fact, score int
}

// assign gives facts to columns, the best fit first; of equal ones the first column.
func (c *Columns) assign(surveys []SurveyedColumn) {
	context := c.context()
	var all []likeness
	for i := range c.List {
		for k, fact := range reach.Facts() {
			if score := c.List[i].likeness(&surveys[i], fact, context); score > 0 {
				all = append(all, likeness{i, k, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b likeness) int { return b.score - a.score })
	given := map[int]bool{}
	for _, l := range all {
		if !given[l.fact] && c.List[l.column].Fact == "" {
			given[l.fact] = true
			c.List[l.column].Fact = reach.Facts()[l.fact].Name
		}
	}
}

// context is the only channel that the names of the columns speak of, empty where they
// speak of none or of several.
func (c *Columns) context() string {
	found := ""
	for i := range c.List {
		name := " " + foldName(c.List[i].Name) + " "
		for channel, words := range vocabularyOf().channels {
			if !containsAny(name, words) {
				continue
			}
			if found != "" && found != channel {
				return ""
			}
			found = channel
		}
	}
	return found
}

// foldName is fold for the name of a column, which nobody writes longer than this.
func foldName(name string) string {
	const longest = 200
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "")
	}
	return fold(name)
}

func containsAny(name string, words map[string]bool) bool {
	for word := range words {
		if strings.Contains(name, " "+word+" ") {
			return true
		}
	}
	return false
}

// Scores by how a column is recognised. A cell in a hundred adds one.
const (
	byName    = 1000 // it is called so
	byPart    = 500  // its name has such a name in it; longer ones count for more
	byChannel = 450  // it is called the last of a channel
	byGeneric = 300  // it is called so among others
	byContent = 100  // only what stands in it
	whole     = 100
)

// likeness is 0 where the column cannot be the fact.
func (c *Column) likeness(s *SurveyedColumn, fact reach.Fact, context string) int {
	v := vocabularyOf()
	name := foldName(c.Name)
	spaced := " " + name + " "
	looked, share := len(s.First), s.share(as(fact.Kind))
	exact := slices.Contains(v.names[name], fact.Name) || name == fold(fact.Name)
	if channel, ok := strings.CutSuffix(fact.Name, "Last"); ok && name != "" {
		// A last interaction of which the name does not say with whom is with the
		// channel that the other columns are about.
		own := ""
		for other, words := range v.channels {
			if containsAny(spaced, words) {
				own = other
			}
		}
		switch {
		case own == "" && slices.Contains(v.names[name], "zaloLast"):
			exact = channel == context || context == "" && channel == "zalo"
		case own == channel && !exact && containsAny(spaced, v.lasts) && (looked == 0 || share >= whole/2):
			return byChannel + share
		}
	}
	if name == fold(fact.Name) {
		return byName + whole + share // whoever names a column so has read what it means
	}
	if exact && fact.Kind == reach.KindPhone && looked > 0 {
		// Numbers that are none are told row by row, and some are of another country.
		share = max(share, s.share(looksLikeNumber))
	}
	if looked > 0 && share < whole/2 {
		return 0
	}
	if exact {
		return byName + share
	}
	if containsAny(spaced, v.not[fact.Name]) {
		return 0
	}
	best := 0
	for _, phrase := range v.lists[fact.Name] {
		if looked > 0 && len(phrase) > 2 && strings.Contains(spaced, " "+phrase+" ") {
			best = max(best, byPart+len(phrase)+share)
		}
	}
	if best > 0 {
		return best
	}
	if slices.Contains(v.generic[name], fact.Name) && looked > 0 {
		if fact.Kind == reach.KindText && s.share(looksLikeID) < whole/2 {
			return 0
		}
		return byGeneric + share
	}
	const surely = 80
	if fact.Kind == reach.KindPhone && share >= surely && looked > 0 && !s.has(looksLikeID) {
		return byContent + share
	}
	return 0
}

// Use takes the column of a name, or else of such letters, for a fact; the empty
// header means that no column has it. The column that was taken for it is no longer.
func (c *Columns) Use(fact, header string) error {
	if !slices.ContainsFunc(reach.Facts(), func(f reach.Fact) bool { return f.Name == fact }) {
		return &Error{Code: cells.NoFact, Found: cells.Shown([]byte(fact))}
	}
	place := -1
	if header != "" {
		if place = c.place(header); place < 0 {
			return &Error{Code: cells.NoColumn, Found: cells.Shown([]byte(header))}
		}
	}
	for i := range c.List {
		if c.List[i].Fact == fact {
			c.List[i].Fact = ""
		}
	}
	if place >= 0 {
		c.List[place].Fact = fact
	}
	return nil
}

// UseAll is [Columns.Use] for several facts at once, none of them in the same column.
func (c *Columns) UseAll(headers map[string]string) error {
	taken := map[int]bool{}
	for _, fact := range reach.Facts() {
		header, given := headers[fact.Name]
		if !given {
			continue
		}
		if place := c.place(header); header != "" && place >= 0 {
			if taken[place] {
				return &Error{Code: cells.TwoFacts, Row: 1, Column: c.List[place].called()}
			}
			taken[place] = true
		}
		if err := c.Use(fact.Name, header); err != nil {
			return err
		}
	}
	for fact := range headers {
		if err := c.known(fact); err != nil {
			return err
		}
	}
	return nil
}

func (c *Columns) known(fact string) error {
	if slices.ContainsFunc(reach.Facts(), func(f reach.Fact) bool { return f.Name == fact }) {
		return nil
	}
	return &Error{Code: cells.NoFact, Found: cells.Shown([]byte(fact))}
}

// place finds a column by its name as it stands, by its name without capitals and
// accents, or by its letters.
func (c *Columns) place(header string) int {
	header = strings.Join(strings.Fields(header), " ")
	for _, same := range []func(*Column) bool{
		func(l *Column) bool { return l.Name == header },
		func(l *Column) bool { return l.Name != "" && fold(l.Name) == fold(header) },
		func(l *Column) bool { return l.Letters == strings.ToUpper(header) },
	} {
		if i := slices.IndexFunc(c.List, func(l Column) bool { return same(&l) }); i >= 0 {
			return i
		}
	}
	return -1
}

// Of returns the column of a fact, nil where there is none.
func (c *Columns) Of(fact string) *Column {
	for i := range c.List {
		if c.List[i].Fact == fact {
			return &c.List[i]
		}
	}
	return nil
}

// Asked lists the columns that are used and of which the order of day and month must
// be asked.
func (c *Columns) Asked() (list []*Column) {
	for i := range c.List {
		if l := &c.List[i]; l.Asks() && holdsDates(l.Fact) {
			list = append(list, l)
		}
	}
	return list
}

// holdsDates reports whether dates can stand in a column with the fact. A yes may be
// written as the day on which it was said.
func holdsDates(fact string) bool {
	for _, f := range reach.Facts() {
		if f.Name == fact {
			return f.Kind == reach.KindMoment || f.Kind == reach.KindYesNo
		}
	}
	return false
}

// Answer sets the order of day and month where it is asked.
func (c *Columns) Answer(order Order) {
	for _, l := range c.Asked() {
		l.Order = order
	}
}
