package app

import (
	"encoding/base64"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/model"
	"postage/rules"
)

// linkPrefix begins a fragment that holds a scenario.
const linkPrefix = "s="

// maxLink bounds the fragment that is looked at, in bytes.
const maxLink = model.MaxLink

// linkOf puts a scenario in JSON into a fragment, without the "#".
func linkOf(scenario []byte) string {
	return linkPrefix + base64.RawURLEncoding.EncodeToString(scenario)
}

// scenarioOf takes the scenario out of a fragment; whether it is a valid one is
// for the decoder to say.
func scenarioOf(fragment string) ([]byte, bool) {
	fragment = strings.TrimPrefix(fragment, "#")
	if len(fragment) > maxLink || !strings.HasPrefix(fragment, linkPrefix) {
		return nil, false
	}
	scenario, err := base64.RawURLEncoding.DecodeString(fragmentPart(fragment, linkPrefix))
	return scenario, err == nil
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

// A claim is what a link says its sender saw: the book, the day, and the answer.
// Whoever writes a link can write anything into it.
type claim struct {
	book     string // see [rules.BookVersion]; empty where the link does not say
	on       rules.Date
	verdict  rules.Verdict
	total    string // plain digits in currency; empty where there was no price
	currency string
}

// claimFor is the claim of an answer as of a day written 2006-01-02.
func claimFor(q *rules.Quote, today string) claim {
	c := claim{book: rules.BookVersion(), verdict: q.Verdict}
	c.on, _ = rules.ParseDate(today)
	if len(q.Totals) > 0 {
		c.total, c.currency = q.Totals[0].Gross.String(), q.Totals[0].Currency
	}
	return c
}

// says is the claim as it stands in a fragment, behind the scenario.
func (c claim) says() string {
	return "&b=" + c.book + "&d=" + c.on.String() + "&a=" + string(c.verdict) + "_" + c.total + "_" + c.currency
}

// linkSigns are the signs of which the fragments are that a page writes. The
// rest of a link is kept in the address as long as it has something to say, so
// nothing else may be in it.
const linkSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=&#"

// claimOf takes the claim out of a fragment, and false for one that has none or
// one that no page has written.
func claimOf(fragment string) (claim, bool) {
	if strings.ContainsFunc(fragment, func(r rune) bool { return !strings.ContainsRune(linkSigns, r) }) {
		return claim{}, false
	}
	verdict, money, _ := strings.Cut(fragmentPart(fragment, "a="), "_")
	total, currency, _ := strings.Cut(money, "_")
	c := claim{book: fragmentPart(fragment, "b="), verdict: rules.Verdict(verdict), total: total, currency: currency}
	c.on, _ = rules.ParseDate(fragmentPart(fragment, "d="))
	switch c.verdict {
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

// agrees reports whether an answer is the one that the claim names.
func (c claim) agrees(q *rules.Quote) bool {
	now := claimFor(q, "")
	return c.verdict == now.verdict && c.total == now.total && c.currency == now.currency
}
