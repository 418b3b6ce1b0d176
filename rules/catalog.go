package rules

import (
	"slices"
	"sort"
	"strings"
)

// A Rule is a named series of facts of the book, oldest first.
type Rule struct {
	ID    string `json:"id"`
	Facts []Fact `json:"facts"`
}

// A Book is everything the data files say, for reading and for printing.
type Book struct {
	Checked  Date                `json:"checked"` // see [Checked]
	Rules    []Rule              `json:"rules"`
	Notices  []NoticeRule        `json:"notices"`
	Readings map[string][]string `json:"readings"` // values of assume by contested fact, the default first
	Sources  []Source            `json:"sources"`
}

// A NoticeRule says which messages carry a notice, and when.
type NoticeRule struct {
	Code    string      `json:"code"`
	Types   []string    `json:"types"` // message types; a star at the end stands for every type that begins so
	Since   Date        `json:"since,omitzero"`
	Until   Date        `json:"until,omitzero"`
	When    string      `json:"when,omitempty"`    // a circumstance beyond the type and the day
	Cheaper MessageType `json:"cheaper,omitempty"` // it stands only where this type costs the same people less
	Sources []string    `json:"sources"`
}

// IsOf reports whether messages of a type may carry the notice.
func (n *NoticeRule) IsOf(t MessageType) bool {
	return slices.ContainsFunc(n.Types, func(pattern string) bool { return isTypeLike(t, pattern) })
}

// TheBook returns the whole book. The caller may keep it but not change it.
func TheBook() Book {
	b := Book{Checked: Checked(), Readings: Readings(), Sources: Sources()}
	for _, id := range theBook.order {
		b.Rules = append(b.Rules, Rule{id, theBook.rules[id].facts})
	}
	for i := range theBook.notices {
		n := &theBook.notices[i]
		b.Notices = append(b.Notices, NoticeRule{n.code, n.types, n.since, n.until, n.when, n.cheaper, n.sources})
	}
	return b
}

// An Event is a day on which a rule of a type began, changed or ended.
type Event struct {
	On     Date   `json:"on,omitzero"` // zero: as far back as the book goes
	Rule   string `json:"rule"`
	Before *Fact  `json:"before,omitempty"` // nil for the rule's first fact
	After  Fact   `json:"after"`
}

// History returns all that the book says about a type, newest first: one event
// for every fact of every rule that the type is under. It is empty for a type
// that does not exist.
func History(t MessageType) []Event {
	events := []Event{}
	for _, id := range RulesOf(t) {
		facts := theBook.rules[id].facts
		for i := range facts {
			e := Event{On: facts[i].Since, Rule: id, After: facts[i]}
			if i > 0 {
				e.Before = &facts[i-1]
			}
			events = append(events, e)
		}
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].On > events[j].On })
	return events
}

// DaysOfChange lists the days on which a rule gets another value, oldest first.
// It is empty for a rule that never did, and for one that does not exist.
func DaysOfChange(id string) []Date {
	var days []Date
	if r := theBook.rules[id]; r != nil {
		for i := 1; i < len(r.facts); i++ {
			days = append(days, r.facts[i].Since)
		}
	}
	return days
}

// RulesOf lists the ids of the rules that a type is under, in the book's order:
// those of its own name, and those of its platform that no other type owns.
func RulesOf(t MessageType) []string {
	ids := []string{}
	if kindOf(t) == nil {
		return ids
	}
	for _, id := range theBook.order {
		if slices.Contains(typesUnder(id), t) {
			ids = append(ids, id)
		}
	}
	return ids
}

// sharedRules are the rules named after a group of types, by the beginnings of
// their ids. The longest beginning counts.
var sharedRules = [...]struct {
	types      []MessageType
	beginnings []string
}{
	{[]MessageType{ZNS, ZBSUID, ZaloConsultation, ZaloTransaction, ZaloBroadcast, ZaloPersonalPromotion}, []string{"zalo.oa-packages"}},
	{[]MessageType{ZBSUID, ZaloConsultation, ZaloTransaction, ZaloBroadcast, ZaloPersonalPromotion}, []string{"zalo.uid.identity", "zalo.uid.api-"}},
	{[]MessageType{ZNS, ZBSUID}, []string{
		"zalo.zns.tags", "zalo.zns.post-sale-tag", "zalo.zns.template", "zalo.zns.price", "zalo.zns.list-price", "zalo.zns.old-prices",
		"zalo.zns.free-buttons", "zalo.zns.vat", "zalo.zns.hours.", "zalo.zns.post-sale-cap",
	}},
	{[]MessageType{ZaloBroadcast, ZaloPersonalPromotion}, []string{"zalo.uid.promotion", "zalo.uid.follow"}},
	{[]MessageType{ZaloConsultation, ZaloTransaction}, []string{"zalo.uid.consent", "zalo.uid.interactions"}},
	{nil, []string{"zalo.uid.format."}}, // by the word behind it, see typesUnder
	{[]MessageType{MessengerEventUpdate, MessengerPostPurchase, MessengerAccountUpdate}, []string{"messenger.tags"}},
	{[]MessageType{WhatsAppUtility, WhatsAppAuthentication, WhatsAppMarketing}, []string{"whatsapp.template", "whatsapp.consent", "whatsapp.messaging-limit"}},
	{[]MessageType{WhatsAppUtility, WhatsAppAuthentication}, []string{"whatsapp.tiers"}},
	{[]MessageType{WhatsAppAuthentication}, []string{"whatsapp.international"}},
}

// typesUnder lists the types that a rule is about.
func typesUnder(id string) []MessageType {
	var own []MessageType
	longest := 0
	for _, k := range messageKinds {
		if name := string(k.id); (id == name || strings.HasPrefix(id, name+".")) && len(name) > longest {
			own, longest = []MessageType{k.id}, len(name)
		}
	}
	for i := range sharedRules {
		for _, beginning := range sharedRules[i].beginnings {
			if strings.HasPrefix(id, beginning) && len(beginning) > longest {
				own, longest = sharedRules[i].types, len(beginning)
			}
		}
	}
	if len(own) > 0 {
		return own
	}
	if word, ok := strings.CutPrefix(id, "zalo.uid.format."); ok {
		return map[string][]MessageType{
			"consultation": {ZaloConsultation}, "transaction": {ZaloTransaction}, "promotion": {ZaloBroadcast, ZaloPersonalPromotion},
		}[word]
	}
	// What is left is about the whole platform.
	platform, _, _ := strings.Cut(id, ".")
	if strings.HasPrefix(id, "zalo.uid.") || strings.HasPrefix(id, "zalo.oa") {
		platform = "zalo.uid."
	}
	var all []MessageType
	for _, k := range messageKinds {
		if strings.HasPrefix(string(k.id), platform) {
			all = append(all, k.id)
		}
	}
	return all
}

// TypesUnder lists the message types that a rule of the book is about.
func TypesUnder(rule string) []MessageType { return slices.Clone(typesUnder(rule)) }
