package form

import (
	"encoding/base64"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/words"
	"postage/rules"
)

// LinkPrefix begins a fragment that holds a scenario.
const LinkPrefix = "s="

// MaxLink bounds the fragment that is looked at, in bytes. A scenario of 100 groups
// with every field takes about 80 kB.
const MaxLink = 1 << 17

// LinkOf puts a scenario in JSON into a fragment, without the "#".
func LinkOf(scenario []byte) string {
	return LinkPrefix + base64.RawURLEncoding.EncodeToString(scenario)
}

// ScenarioOf takes the scenario out of a fragment; whether it is a valid one is
// for the decoder to say.
func ScenarioOf(fragment string) ([]byte, bool) {
	fragment = strings.TrimPrefix(fragment, "#")
	if len(fragment) > MaxLink || !strings.HasPrefix(fragment, LinkPrefix) {
		return nil, false
	}
	scenario, err := base64.RawURLEncoding.DecodeString(fragmentPart(fragment, LinkPrefix))
	return scenario, err == nil
}

// ownMark stands behind a scenario to which a page of the site leads: nobody has shared
// it. The calculator writes its address anew, without the mark.
const ownMark = "&own"

// OwnLinkOf is [LinkOf] for a link from one page of the site to another.
func OwnLinkOf(scenario []byte) string { return LinkOf(scenario) + ownMark }

// IsOwn reports whether a page of the site leads to a scenario, so that nobody has shared
// it.
func IsOwn(fragment string) bool { return strings.HasSuffix(fragment, ownMark) }

// MixPrefix begins a fragment that asks the page with the plan for the best way for
// each group of a scenario.
const MixPrefix = "mix="

// MixLink puts a purpose and a scenario in JSON into such a fragment, without the "#".
func MixLink(p rules.Purpose, scenario []byte) string {
	return MixPrefix + string(p) + "&" + LinkOf(scenario)
}

// MixOf takes the two out of a fragment; whether they are valid is for others to say.
func MixOf(fragment string) (p rules.Purpose, scenario []byte, ok bool) {
	purpose, link, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(fragment, "#"), MixPrefix), "&")
	scenario, ok = ScenarioOf(link)
	return rules.Purpose(purpose), scenario, ok
}

// namePrefix begins the part of a fragment with what its sender calls what is in it.
const namePrefix = "n="

// NamePart is a name as it stands in a fragment, behind what it names; no name has none.
func NamePart(name string) string {
	if name = words.ShortName(name); name == "" {
		return ""
	}
	return "&" + namePrefix + base64.RawURLEncoding.EncodeToString([]byte(name))
}

// NameIn takes the name out of a fragment, empty where that has none. Whoever writes a
// link can write any name into it.
func NameIn(fragment string) string {
	name, _ := base64.RawURLEncoding.DecodeString(fragmentPart(fragment, namePrefix))
	return words.ShortName(string(name))
}

// fragmentPart is the part of a fragment that begins with a name such as "s=".
func fragmentPart(fragment, name string) string {
	for p := range strings.SplitSeq(strings.TrimPrefix(fragment, "#"), "&") {
		if value, ok := strings.CutPrefix(p, name); ok {
			return value
		}
	}
	return ""
}

// A Claim is what a link says its sender saw: the book, the day, and the answer.
// Whoever writes a link can write anything into it.
type Claim struct {
	Book     string // see [rules.BookVersion]; empty where the link does not say
	On       rules.Date
	Verdict  rules.Verdict
	Total    string // plain digits in currency; empty where there was no price
	Currency string
}

// ClaimFor is the claim of an answer as of a day written 2006-01-02.
func ClaimFor(q *rules.Quote, today string) Claim {
	c := Claim{Book: rules.BookVersion(), Verdict: q.Verdict}
	c.On, _ = rules.ParseDate(today)
	if len(q.Totals) > 0 {
		c.Total, c.Currency = q.Totals[0].Gross.String(), q.Totals[0].Currency
	}
	return c
}

// Says is the claim as it stands in a fragment, behind the scenario.
func (c Claim) Says() string {
	return "&b=" + c.Book + "&d=" + c.On.String() + "&a=" + string(c.Verdict) + "_" + c.Total + "_" + c.Currency
}

// LinkSigns are the signs of which the fragments are that a page writes. The
// rest of a link is kept in the address as long as it has something to say, so
// nothing else may be in it.
const LinkSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=&#"

// ClaimOf takes the claim out of a fragment, and false for one that has none or
// one that no page has written.
func ClaimOf(fragment string) (Claim, bool) {
	if strings.ContainsFunc(fragment, func(r rune) bool { return !strings.ContainsRune(LinkSigns, r) }) {
		return Claim{}, false
	}
	verdict, money, _ := strings.Cut(fragmentPart(fragment, "a="), "_")
	total, currency, _ := strings.Cut(money, "_")
	c := Claim{Book: fragmentPart(fragment, "b="), Verdict: rules.Verdict(verdict), Total: total, Currency: currency}
	c.On, _ = rules.ParseDate(fragmentPart(fragment, "d="))
	switch c.Verdict {
	case rules.Eligible, rules.Partial, rules.Depends, rules.Ineligible:
	default:
		return c, false
	}
	if total == "" {
		return c, currency == ""
	}
	_, err := decimal.NewFromString(total)
	return c, err == nil && len(total) < 40 && len(currency) == 3 &&
		strings.Trim(total, "0123456789.") == "" && strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Agrees reports whether an answer is the one that the claim names.
func (c Claim) Agrees(q *rules.Quote) bool {
	now := ClaimFor(q, "")
	return c.Verdict == now.Verdict && c.Total == now.Total && c.Currency == now.Currency
}
