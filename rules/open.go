package rules

// openCountry is the notice where the country of the sender decides, no check looks at
// it any more, and nobody has said for which countries a message is open.
const openCountry = "messenger.utility-message.countries"

// Open is the notice on what an answer hangs on although no check looks at it, nil
// where there is none.
//
//go:noinline
func (q *Quote) Open() *Notice {
	for i := range q.Notices {
		if q.Notices[i].Code == openCountry {
			return &q.Notices[i]
		}
	}
	return nil
}

// OpenCheck is the same as a check that nobody can make.
var OpenCheck = Check{Code: "country", Outcome: Unknown, Rule: openCountry, Needs: []string{"sender.country"}}

// Shown is a verdict of the quote as it should be shown: what hangs on something that
// nobody has published is no yes. The contract's verdict rests on the checks alone.
//
//go:noinline
func (q *Quote) Shown(v Verdict) Verdict {
	if v != Ineligible && q.Open() != nil {
		return Depends
	}
	return v
}
