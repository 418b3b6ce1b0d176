package referee

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A mistake is what is wrong with a scenario: the paths that may be named for
// it, and the code.
type mistake struct {
	paths []string
	code  string
}

// spoil makes one mistake in a scenario without any, and returns its text.
func (c *chance) spoil(s object) ([]byte, mistake) {
	audience := s["audience"].([]object)
	i := c.IntN(len(audience))
	g, of := audience[i], fmt.Sprintf("audience[%d].", i)
	m, from := s["message"].(object), s["sender"].(object)
	t, ok := m["template"].(object)
	if !ok {
		t = object{}
		m["template"] = t
	}
	p, ok := s["pricing"].(object)
	if !ok {
		p = object{}
		s["pricing"] = p
	}
	zns := c.of == "zalo.zns"

	set := func(o object, at, name, code string, values ...any) ([]byte, mistake) {
		o[name] = values[c.IntN(len(values))]
		return encode(s), mistake{[]string{at + name}, code}
	}
	drop := func(o object, at, name string) ([]byte, mistake) {
		delete(o, name)
		return encode(s), mistake{[]string{at + name}, "required"}
	}
	type place struct {
		o    object
		path string
	}
	places := []place{{s, ""}, {m, "message."}, {t, "message.template."}, {from, "sender."}, {g, of}, {p, "pricing."}}

	switch c.IntN(34) {
	case 0:
		return drop(s, "", c.one("on", "message", "audience"))
	case 1:
		return drop(m, "message.", "type")
	case 2:
		return drop(g, of, "recipients")
	case 3:
		if strings.HasPrefix(c.of, "whatsapp.") {
			return drop(g, of, "country")
		}
		if zns {
			return drop(m, "message.", "tag")
		}
	case 4:
		if zns {
			return drop(t, "message.template.", "kind")
		}
	case 5, 6:
		at := places[c.IntN(len(places))]
		return set(at.o, at.path, c.one("colour", "On", "recipient", "x y"), "unknown-field", true, 1, "a", nil)
	case 7:
		return set(g, of, "recipients", "out-of-range", 0, -1, 1_000_000_001, json.Number("1e10"))
	case 8:
		return set(s, "", "perRecipient", "out-of-range", 0, -1, 1001)
	case 9:
		return set(g, of, "hoursSinceInteraction", "out-of-range", -1, json.Number("-0.5"), 87_601, json.Number("87600.01"))
	case 10:
		name := c.one("freeUsed", "receivedThisMonth")
		return set(g, of, name, "out-of-range", -1, int64(1e12)+1)
	case 11:
		name := c.one("includedMessages", "promotionSentThisMonth", "chargedThisMonth", "freeServiceUsed")
		return set(from, "sender.", name, "out-of-range", -1, int64(1e12)+1)
	case 12:
		delete(from, "oldDailyQuota")
		return set(from, "sender.", c.one("dailyQuota", "messagingLimit"), "out-of-range", 0, -5, int64(1e12)+1)
	case 13:
		return set(from, "sender.", "contentLevel", "out-of-range", -1, 6)
	case 14:
		return set(g, of, "interactions", "out-of-range", 0, 101)
	case 15:
		if c.often(50) {
			return set(s, "", "audience", "out-of-range", []object{})
		}
		many := make([]object, 101)
		for i := range many {
			many[i] = g
		}
		return set(s, "", "audience", "out-of-range", many)
	case 16:
		return set(g, of, c.one("uid", "phone", "follows", "consents", "optedIn", "careWithin6Months", "freeEntryPoint"), "wrong-type", "true", 1, []int{}, object{})
	case 17:
		return set(g, of, c.one("recipients", "freeUsed", "interactions"), "wrong-type", "7", true, object{}, []int{1}, json.Number("1.5"))
	case 18:
		return set(s, "", "on", "wrong-type", "2025/01/02", "1.2.2025", "20250102", "yesterday", 20250102, true)
	case 19:
		return set(s, "", "on", "out-of-range", "2025-02-29", "2025-04-31", "2025-13-01", "2025-00-10")
	case 20:
		switch c.IntN(4) {
		case 0:
			return set(s, "", "message", "wrong-type", "zalo.zns", 1, []int{})
		case 1:
			return set(s, "", "audience", "wrong-type", "all", 1, object{})
		case 2:
			return set(s, "", "sender", "wrong-type", "me", 1, []int{})
		}
		return set(p, "pricing.", c.one("markupPercent", "markupPerMessage", "monthlyFee", "taxPercent"), "wrong-type", 5, true, "five", object{})
	case 21:
		return set(m, "message.", "type", "unknown-value", "zalo", "zalo.uid", "sms", "", "Zalo.ZNS")
	case 22:
		switch c.IntN(4) {
		case 0:
			return set(from, "sender.", "tool", "unknown-value", "api", "OpenAPI")
		case 1:
			return set(from, "sender.", "apiVersion", "unknown-value", "v1", "v4")
		case 2:
			return set(t, "message.template.", "kind", "unknown-value", "text", "Custom")
		}
		return set(g, of, "country", "unknown-value", "ZZ", "UK", "QQ")
	case 23:
		delete(from, "includePackageFee")
		switch {
		case c.on <= "2026-05-31":
			return set(from, "sender.", "oaPackage", "unknown-value", "standard", "growth", "comprehensive", "gold")
		case c.on <= "2027-05-31":
			return set(from, "sender.", "oaPackage", "unknown-value", "trial", "gold")
		}
		return set(from, "sender.", "oaPackage", "unknown-value", "trial", "advanced", "premium")
	case 24:
		a, _ := s["assume"].(object)
		if a == nil {
			a = object{}
			s["assume"] = a
		}
		if c.often(50) {
			return set(a, "assume.", "zalo.consultation.free-length", "unknown-field", "8")
		}
		return set(a, "assume.", c.one("zalo.consultation.free-cap", "zalo.consultation.manager-window"), "unknown-value", "9", "", "365")
	case 25:
		delete(from, "dailyQuota")
		delete(from, "oldDailyQuota")
		switch {
		case c.on < "2024-03-12":
			return set(from, "sender.", "oldDailyQuota", "conflict", 500, 16_000)
		case c.often(50):
			from["dailyQuota"], from["oldDailyQuota"] = 5000, 500
			return encode(s), mistake{[]string{"sender.dailyQuota", "sender.oldDailyQuota"}, "conflict"}
		}
		return set(from, "sender.", "oldDailyQuota", "unknown-value", 501, 5000, 20_000)
	case 26:
		if zns {
			if c.on < "2024-04-16" {
				return set(m, "message.", "tag", "out-of-range", -1, 6)
			}
			return set(m, "message.", "tag", "out-of-range", 0, 4, 5, -1)
		}
		if c.second {
			switch c.IntN(6) {
			case 0:
				return set(g, of, "name", "out-of-range", strings.Repeat("й", 101))
			case 1:
				return set(g, of, "deliveredPercent", "out-of-range", -1, 101, json.Number("100.01"))
			case 2:
				return set(from, "sender.", "phoneNumbers", "out-of-range", 0, 1001)
			case 3:
				return set(t, "message.template.", "buttons", "out-of-range", -1, 6)
			case 4:
				return set(s, "", "at", "wrong-type", "noon", 12, "7:00", "07.00")
			}
			return set(p, "pricing.", "fallbackPerMessage", "out-of-range", "-1", "1000000000001")
		}
	case 28: // what is not known is left out, it is not null
		switch c.IntN(4) {
		case 0:
			return set(s, "", c.one("on", "perRecipient", "sender", "assume", "pricing"), "wrong-type", nil)
		case 1:
			return set(m, "message.", c.one("promotional", "automated", "template"), "wrong-type", nil)
		case 2:
			delete(from, "oldDailyQuota")
			return set(from, "sender.", c.one("tool", "oaPackage", "dailyQuota", "exempt", "country", "promotionBase"), "wrong-type", nil)
		}
		return set(g, of, c.one("recipients", "country", "uid", "freeUsed", "name", "freeEntryPoint"), "wrong-type", nil)
	case 29:
		if c.often(50) {
			return set(from, "sender.", "promotionBase", "wrong-type", []int{}, []int{1}, []int{1, 2, 3}, 7)
		}
		from["promotionBase"] = []any{1, c.number(-1, 1e12+1)}
		return encode(s), mistake{[]string{"sender.promotionBase", "sender.promotionBase[1]"}, "out-of-range"}
	case 30:
		if c.second {
			switch c.IntN(3) {
			case 0:
				return set(t, "message.template.", "buttons", "out-of-range", slices.Repeat([]string{"copy"}, 6))
			case 1:
				t["buttons"] = []any{"copy", c.one("website", "")}
				return encode(s), mistake{[]string{"message.template.buttons", "message.template.buttons[1]"}, "unknown-value"}
			}
			return set(t, "message.template.", "buttons", "wrong-type", "two", true, 1.5)
		}
	case 31:
		if strings.HasPrefix(c.of, "whatsapp.") {
			delete(p, "convert")
			return set(from, "sender.", "billingCurrency", "unknown-value", "GBP", "VND", "usd")
		}
	case 32:
		if c.second {
			inner := c.one("incoming", "bundle", "convert")
			o := object{}
			if inner == "convert" {
				o = object{"currency": "JPY", "rates": object{"VND": "1", "USD": "1", "EUR": "1", "INR": "1"}}
			}
			p[inner] = o
			return set(o, "pricing."+inner+".", "extra", "unknown-field", 1, nil)
		}
	case 33:
		return set(t, "message.template.", "approvedOn", "out-of-range", "2025-02-29", "2025-06-31")
	}
	// What cannot be wrong in this scenario falls through to its text.
	text := string(encode(s))
	if c.often(50) {
		if c.often(50) {
			return []byte(strings.Replace(text, `"recipients":`, `"recipients":1,"recipients":`, 1)), mistake{[]string{"audience[0].recipients"}, "conflict"}
		}
		name := c.one("on", "message", "audience")
		once := fmt.Sprintf(`{"%s":%s,`, name, encode(s[name]))
		return []byte(strings.Replace(text, "{", once, 1)), mistake{[]string{name}, "conflict"}
	}
	return []byte(c.one(text[:len(text)-1], text+"}", text[:len(text)/2], strings.Replace(text, ":", "=", 1), "", "{]")), mistake{[]string{""}, "syntax"}
}

func encode(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}
