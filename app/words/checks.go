package words

import (
	"slices"
	"strconv"
	"strings"

	"postage/rules"
)

// CheckKeys are the keys of the texts that may stand for a check, the one that
// fits best first.
func CheckKeys(key string, q *rules.Quote, c *rules.Check) []string {
	kind := string(q.Message)
	keys := []string{key + "." + c.Rule, key + "." + kind, key + "." + string(q.Message.Channel()), key}
	if short, _, ok := CutLast(kind); ok {
		keys = slices.Insert(keys, 2, key+"."+short)
	}
	// The book itself may not know; then no answer of the user would help.
	if _, known := rules.RuleOn(c.Rule, q.On); c.Outcome == rules.Unknown && !known {
		keys = append([]string{key + ".unpublished"}, keys...)
	}
	return keys
}

// CheckText is the text of a key that fits the check of a quote best. More pairs
// are values that the text may name.
func (w *Language) CheckText(key string, q *rules.Quote, c *rules.Check, more ...string) string {
	keys := CheckKeys(key, q, c)
	limit := c.Limit
	switch c.Code {
	case "window":
		hours, _ := strconv.ParseInt(c.Limit, 10, 64)
		limit = w.Hours(hours)
	case "tool", "package":
		names := strings.Fields(c.Limit)
		for i, n := range names {
			names[i] = w.First([]string{"option.sender." + map[string]string{"tool": "tool", "package": "oaPackage"}[c.Code] + "." + n})
		}
		limit = strings.Join(names, ", ")
	case "api-version":
		limit = strings.ToUpper(c.Limit)
	default:
		if n, ok := ParseCount(c.Limit); ok {
			limit = w.Number(n)
		}
	}
	return w.First(keys, append(more, "limit", limit, "since", w.Date(c.Since))...)
}

// FailText is why a failed check fails, and what would mend it where something can.
func (w *Language) FailText(q *rules.Quote, c *rules.Check, need int64) string {
	said := w.CheckText("check."+c.Code+".fail", q, c)
	from := rules.Date(0)
	if c.Code == "available" {
		if from = rules.AvailableFrom(q.Message, q.On); from == 0 {
			return said // it has ended, and a notice says what to use instead
		}
	}
	return said + " " + w.CheckText("mend."+c.Code, q, c, "need", w.Number(need), "from", w.Date(from))
}

// NoticeText is the text of a notice, with the amounts that it compares.
func (w *Language) NoticeText(n *rules.Notice) string {
	key := "notice." + n.Code
	if c := n.Compared; c.Type != "" {
		return w.Text(key, "people", w.Count("people", c.Recipients), "here", w.Money(c.Here, c.Currency), "there", w.Money(c.There, c.Currency))
	}
	return w.Text(key)
}

func CutLast(kind string) (before, after string, ok bool) {
	i := strings.LastIndexByte(kind, '.')
	if i < 0 {
		return "", "", false
	}
	return kind[:i], kind[i+1:], true
}

// A namedSource is a source with what to call it among others.
type namedSource struct {
	rules.Source
	Name string
}

// publicNote is the publisher of what somebody wrote down in public without a name.
const publicNote = "Public note"

// SourcesByName names sources by their publishers, and of one publisher's
// documents says which. What nobody published is named in the language.
func SourcesByName(w *Language, ids []string) []namedSource {
	named := make([]namedSource, 0, len(ids))
	publishers := map[string]int{}
	for _, id := range ids {
		src, ok := rules.SourceByID(id)
		if src.ID = id; ok || w.Has("source-name."+id) {
			named = append(named, namedSource{src, src.Publisher})
			publishers[src.Publisher]++
		}
	}
	for i, src := range named {
		if key := "source-name." + src.ID; w.Has(key) {
			named[i].Name, named[i].Title = w.Text(key), w.Text(key)
		} else if publishers[src.Publisher] > 1 {
			named[i].Name = src.Title
		} else if src.Publisher == publicNote {
			named[i].Name = w.Text("source.public-note")
		}
	}
	return named
}

func SourceNames(w *Language, ids []string) string {
	names := make([]string, 0, len(ids))
	for _, src := range SourcesByName(w, ids) {
		names = append(names, src.Name)
	}
	return strings.Join(names, ", ")
}
