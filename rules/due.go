package rules

import "strconv"

// A Due is a fact of the book that is to be looked at again, with why.
type Due struct {
	Rule    string      `json:"rule"`
	Since   Date        `json:"since,omitzero"` // of the fact
	Value   string      `json:"value"`
	Read    Date        `json:"read"` // the newest of its sources is known to have been read no later; see [Source]
	Sources []string    `json:"sources"`
	Why     []DueReason `json:"why"`
}

// A DueReason is why a fact is to be looked at again.
type DueReason string

const (
	DuePassed DueReason = "passed" // it was announced when the book was last checked, and its day has come since
	DueSingle DueReason = "single" // it rests on one source that is not the platform's own text
	DueUnread DueReason = "unread" // its newest source was last read long ago
)

// DueReasons lists them.
func DueReasons() []DueReason { return []DueReason{DuePassed, DueSingle, DueUnread} }

// FreshDays is for how many days what was read counts as read lately.
const FreshDays = 90

// DueFacts lists the facts in force on a day, and those announced for later, that are to
// be looked at again, in the order of the book. A source counts as read on the first day
// of the date of its content: that it was read later is not known.
func DueFacts(on Date) []Due {
	var list []Due
	fresh := on.AddDays(-FreshDays)
	for _, id := range theBook.order {
		facts := theBook.rules[id].facts
		for i := range facts {
			f := &facts[i]
			if i+1 < len(facts) && facts[i+1].Since <= on || f.Value == none {
				continue // over by then
			}
			d := Due{Rule: id, Since: f.Since, Value: f.Value, Sources: f.Sources}
			for _, source := range f.Sources {
				if s, ok := SourceByID(source); ok {
					d.Read = max(d.Read, s.read())
				}
			}
			if Checked() < f.Since && f.Since <= on {
				d.Why = append(d.Why, DuePassed)
			}
			if f.Status == Single {
				d.Why = append(d.Why, DueSingle)
			}
			if d.Read < fresh {
				d.Why = append(d.Why, DueUnread)
			}
			if len(d.Why) > 0 {
				list = append(list, d)
			}
		}
	}
	return list
}

// read is the first day of the date of a source's content.
func (s *Source) read() Date {
	part := func(from, to, without int) int {
		if len(s.Date) < to {
			return without
		}
		n, _ := strconv.Atoi(s.Date[from:to])
		return n
	}
	return Date(part(0, 4, 1)*10000 + part(5, 7, 1)*100 + part(8, 10, 1))
}
