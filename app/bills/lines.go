package bills

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"postage/app/table"
	"postage/rules/audit"
)

// lineNames are the columns of [WriteLines].
var lineNames = []string{"row", "on", "until", "type", "country", "messages", "currency", "billed", "book", "book_most", "agreed_most", "difference", "cause", "as_of", "as_of_most", "note"}

// LineNames lists the columns of [WriteLines], as the command names them.
func LineNames() []string { return slices.Clone(lineNames) }

// LineWords are the words in which [WriteLines] writes.
type LineWords struct {
	Header     []string                             // one for each of [LineNames]
	Cause      func(s *audit.Sum, cause int) string // of a difference
	Unknown    string                               // in the place of a cause
	Note       func(p *audit.Price) string          // why there is no price; empty where there is one
	Then       string                               // before the note of the other day
	Unreadable func(err error) string               // why a row is
}

// english are the words of the command.
var english = LineWords{
	Header:     lineNames,
	Cause:      func(s *audit.Sum, cause int) string { return s.Causes[cause].Words(s.Currency) },
	Unknown:    "unknown",
	Note:       noteOf,
	Then:       "then ",
	Unreadable: func(err error) string { return "unreadable: " + err.Error() },
}

// WriteLines writes what came of each row as CSV, in the order of the bill: the command in
// English, for which the words are nil, the page in its language. What a bill holds runs in
// no spreadsheet, as in the files of [table.Writer].
func WriteLines(to io.Writer, r *audit.Report, bad []Unreadable, tax audit.Tax, words *LineWords) error {
	if words == nil || len(words.Header) != len(lineNames) {
		words = &english
	}
	out := table.NewLines(to)
	out.WriteTexts(words.Header)
	causes := map[string]*audit.Sum{}
	for i := range r.Sums {
		causes[r.Sums[i].Currency] = &r.Sums[i]
	}
	for i := 0; i < len(r.Rows) || len(bad) > 0; {
		if len(bad) > 0 && (i == len(r.Rows) || bad[0].Row < r.Rows[i].Row.Number) {
			line := make([]string, len(lineNames))
			line[0], line[len(line)-1] = strconv.Itoa(int(bad[0].Row)), words.Unreadable(bad[0].Err)
			out.WriteTexts(line)
			bad = bad[1:]
			continue
		}
		out.WriteTexts(lineOf(&r.Rows[i], causes[r.Rows[i].Currency], r.AsOf != nil, tax, words))
		i++
	}
	return out.Close()
}

// lineOf are the cells of a row.
func lineOf(r *audit.RowReport, s *audit.Sum, asOf bool, tax audit.Tax, words *LineWords) []string {
	row := r.Row
	var types, countries, list []string
	for i := range row.Traffic {
		t := &row.Traffic[i]
		types = appendNew(types, string(t.Message.Type))
		countries = appendNew(countries, t.Country)
	}
	list = []string{
		strconv.Itoa(int(row.Number)), row.On.String(), row.Until.String(), strings.Join(types, " "), strings.Join(countries, " "),
		strconv.FormatInt(row.Messages(), 10), r.Currency, "",
	}
	if amount, billed := row.Amount.Get(); billed {
		list[len(list)-1] = amount.String()
	}
	list = append(list, priceCells(&r.Book, tax)...)
	list = append(list, mostCell(&r.Book, tax))
	switch {
	case !r.Compared:
		list = append(list, "", "")
	case r.IsRight():
		list = append(list, "0", "")
	case r.Cause < 0:
		list = append(list, r.Difference.String(), words.Unknown)
	default:
		list = append(list, r.Difference.String(), words.Cause(s, r.Cause))
	}
	note := words.Note(&r.Book)
	if !asOf {
		return append(list, "", "", note)
	}
	if then := words.Note(&r.Then); then != "" && then != note {
		note = strings.TrimPrefix(note+"; "+words.Then+then, "; ")
	}
	return append(append(list, priceCells(&r.Then, tax)...), note)
}

func appendNew(list []string, text string) []string {
	for _, one := range list {
		if one == text {
			return list
		}
	}
	return append(list, text)
}

// priceCells are the ends of a price, the second one empty where there is only one.
func priceCells(p *audit.Price, tax audit.Tax) []string {
	if p.State != audit.Priced {
		return []string{"", ""}
	}
	low, high := p.Ends(tax)
	if low.Equal(high) {
		return []string{low.String(), ""}
	}
	return []string{low.String(), high.String()}
}

// mostCell is the most that may be billed, empty where that is the price.
func mostCell(p *audit.Price, tax audit.Tax) string {
	_, high := p.Ends(tax)
	if most := p.Most(tax); p.State == audit.Priced && !most.Equal(high) {
		return most.String()
	}
	return ""
}

// noteOf says why there is no price.
func noteOf(p *audit.Price) string {
	switch p.State {
	case audit.NotInBook:
		return "the book has no price of " + p.Reason
	case audit.NotAllowed:
		return "may not be sent: " + p.Reason
	case audit.NeedsRate:
		from, to, _ := strings.Cut(p.Reason, " ")
		return "needs a rate from " + from + " to " + to + ": pricing.convert of the configuration"
	case audit.Refused:
		return "cannot be asked: " + p.Reason
	case audit.OnlyFee:
		return "a fee"
	}
	return ""
}
