package referee

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// An object is a scenario, or a part of one, that is being made up.
type object = map[string]any

var types = []string{
	"zalo.uid.consultation", "zalo.uid.transaction", "zalo.uid.broadcast", "zalo.uid.personal-promotion",
	"zalo.zns-follower", "zalo.zns", "zalo.zbs-uid",
	"messenger.standard", "messenger.confirmed-event-update", "messenger.post-purchase-update", "messenger.account-update",
	"messenger.human-agent", "messenger.one-time-notification", "messenger.utility-message", "messenger.marketing-message",
	"messenger.recurring-notification", "messenger.sponsored-message", "messenger.private-reply",
	"messenger.customer-feedback", "messenger.news",
	"whatsapp.service", "whatsapp.utility", "whatsapp.authentication", "whatsapp.marketing",
}

// oftenAsked are the types with the most rules, asked more often.
var oftenAsked = []string{
	"zalo.uid.consultation", "zalo.uid.transaction", "zalo.uid.broadcast", "zalo.zns", "zalo.zns", "zalo.zns",
	"zalo.zbs-uid", "zalo.zbs-uid",
	"whatsapp.service", "whatsapp.utility", "whatsapp.authentication", "whatsapp.marketing",
}

// turningDays are the days before, on and after each on which anything in the
// book begins or ends.
func turningDays() ([]string, error) {
	days := map[string]bool{}
	names, err := filepath.Glob(book + "*.csv")
	if err != nil {
		return nil, err
	}
	more, err := filepath.Glob(book + "cards/*.csv")
	if err != nil {
		return nil, err
	}
	day := regexp.MustCompile(`^20[0-9]{2}-[0-9]{2}-[0-9]{2}$`)
	for _, name := range append(names, more...) {
		_, rows, err := table(name)
		if err != nil {
			return nil, err
		}
		for _, cell := range slices.Concat(rows...) {
			if day.MatchString(cell) {
				days[cell] = true
			}
		}
	}
	var list []string
	for d := range days {
		list = append(list, daysBy(d, 1), daysBy(d, 0), daysBy(d, -1))
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// daysBy is the day so many days later.
func daysBy(day string, later int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d.AddDate(0, 0, later).Format(time.DateOnly)
}

// decisive are the days from which something else holds for a type, or for all
// whose names begin so. The first that fits a type is its own.
var decisive = []struct {
	of   string
	days []string
}{
	{"zalo.uid.", []string{"2023-04-18", "2023-06-21", "2024-08-12", "2026-01-01", "2026-03-01", "2026-06-01", "2027-06-01"}},
	{"zalo.zns-follower", []string{"2023-06-20"}},
	{"zalo.zns", []string{"2021-08-12", "2022-01-01", "2024-03-12", "2024-03-28", "2024-04-16", "2024-11-01", "2025-07-01", "2025-08-06",
		"2026-01-01", "2026-01-22", "2026-03-16", "2026-03-24", "2026-07-15", "2027-01-01"}},
	{"zalo.zbs-uid", []string{"2026-01-01", "2026-01-22", "2026-03-16", "2026-03-24", "2026-06-01", "2027-01-01", "2027-06-01"}},
	{"messenger.", []string{"2020-03-04", "2021-06-02", "2022-05-19", "2024-08-01", "2025-07-01", "2025-07-29", "2026-02-10", "2026-03-13", "2026-04-27"}},
	{"whatsapp.service", []string{"2022-02-01", "2023-06-01", "2024-11-01", "2025-07-01", "2026-10-01", "2028-01-01"}},
	{"whatsapp.", []string{"2022-02-01", "2023-06-01", "2024-11-01", "2025-02-01", "2025-04-01", "2025-07-01", "2025-10-01",
		"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"}},
}

// written is the day on which the rules were written out here, and announced
// are the facts of later days that were in the book by then.
const written = "2026-11-28"

var announced = []string{
	"zalo.uid.api-packages,2027-06-01",
	"zalo.uid.promotion-cap.advanced,2027-06-01", "zalo.uid.promotion-cap.premium,2027-06-01",
	"zalo.oa-packages,2027-06-01",
	"zalo.oa-packages.included-messages.advanced,2027-06-01", "zalo.oa-packages.included-messages.premium,2027-06-01",
	"zalo.zns.vat,2027-01-01", "zalo.zns.vat.reduced,2027-01-01",
	"whatsapp.service.exempt,2028-01-01",
	"whatsapp.marketing.max-price,2027-04-01", "whatsapp.billing.in,2027-01-01", "whatsapp.billing.br,2027-07-01",
}

// firstUnknown is the day of the first fact of the book that came later and is
// not written out here yet: from then on the referee is not asked. It is empty
// where there is none. What was announced must still be there.
func firstUnknown() (day, fact string, err error) {
	missing := slices.Clone(announced)
	for _, name := range []string{"zalo-uid", "zalo-zns", "messenger", "whatsapp"} {
		_, rows, err := table(book + name + ".csv")
		if err != nil {
			return "", "", err
		}
		for _, row := range rows {
			f := row[0] + "," + row[1]
			missing = slices.DeleteFunc(missing, func(a string) bool { return a == f })
			if row[1] > written && !slices.Contains(announced, f) && (day == "" || row[1] < day) {
				day, fact = row[1], f
			}
		}
	}
	if len(missing) > 0 {
		return "", "", fmt.Errorf("the book no longer has %s", missing[0])
	}
	return day, fact, nil
}

// A chance makes up scenarios.
type chance struct {
	*rand.Rand
	days   []string
	until  string     // the first day that is not asked about
	bounds []int64    // of volume tiers
	lands  [][]string // by market
	second bool       // with what only the second edition of the definition of an answer has
	sound  bool       // mostly of what may be sent
	on, of string     // day and type of the scenario being made up
}

func (c *chance) often(percent int) bool { return c.IntN(100) < percent }

func (c *chance) one(of ...string) string { return of[c.IntN(len(of))] }

func (c *chance) number(of ...int64) int64 { return of[c.IntN(len(of))] }

// count writes a whole number, now and then in another form of it.
func (c *chance) count(n int64) json.Number {
	switch {
	case n > 0 && n%1000 == 0 && c.often(5):
		return json.Number(fmt.Sprint(n/1000, "e3"))
	case c.often(3):
		return json.Number(fmt.Sprint(n, ".0"))
	}
	return json.Number(fmt.Sprint(n))
}

// fact gives a fact that mostly holds.
func (c *chance) fact(o object, name string) {
	switch n := c.IntN(20); {
	case n < 14, n < 19 && c.sound:
		o[name] = true
	case n < 17:
		o[name] = false
	}
}

func (c *chance) flag(o object, name string, percent int) {
	if c.often(percent) {
		o[name] = true
	} else if c.often(10) {
		o[name] = false
	}
}

func (c *chance) some(o object, name string, percent int, of ...int64) {
	if c.often(percent) {
		o[name] = c.count(c.number(of...))
	}
}

func (c *chance) word(o object, name string, percent int, of ...string) {
	if c.often(percent) {
		o[name] = c.one(of...)
	}
}

func (c *chance) money() string {
	return c.one("0", "0.005", "0.01", "1", "2.5", "12.345678", "700", "99999.99", "0.000001", "0.000000000001", "1000000000000")
}

func (c *chance) day() string {
	switch n := c.IntN(10); {
	case n < 4:
		for _, d := range decisive {
			if strings.HasPrefix(c.of, d.of) {
				return daysBy(c.one(d.days...), c.IntN(3)-1)
			}
		}
	case n < 7:
		return c.days[c.IntN(len(c.days))]
	}
	return time.Date(2019, 1, 1+c.IntN(12*365+3), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// scenario makes one up that has no mistakes.
func (c *chance) scenario() object {
	c.of = c.one(types...)
	if c.often(70) {
		c.of = c.one(oftenAsked...)
	}
	if !c.second && c.of == "zalo.zbs-uid" {
		c.of = "zalo.zns"
	}
	c.sound = c.often(50)
	c.on = c.day()
	if c.of == "zalo.zbs-uid" && c.on < "2026-01-01" && c.often(90) {
		c.on = "2026" + c.on[4:] // the first year of these
		if c.on == "2026-02-29" {
			c.on = "2026-02-28"
		}
	}
	if c.until != "" && c.on >= c.until {
		c.on = written
	}
	// What these were before cannot be told from the definition of an answer.
	earliest := "2020-03-04"
	if c.of == "messenger.customer-feedback" {
		earliest = "2021-06-02"
	}
	if slices.Contains(types[13:20], c.of) && c.on < earliest {
		c.on = earliest
	}
	s := object{"on": c.on, "message": c.message(), "sender": c.sender()}
	if c.second && c.often(50) {
		s["at"] = c.one("00:00", "05:59", "06:00", "06:01", "06:59", "07:00", "12:30", "21:59", "22:00", "23:59")
	}
	each := []int64{1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 27, 28, 29, 30, 31, 32, 1000, 1 + c.Int64N(40)}
	if c.of == "messenger.recurring-notification" {
		each = each[:13] // how often in a month is not defined: so many may be sent in any case
	}
	c.some(s, "perRecipient", 70, each...)
	var audience []object
	segments := 1 + max(0, c.IntN(7)-3)
	if c.often(1) {
		segments = 12
	}
	for range segments {
		audience = append(audience, c.segment())
	}
	s["audience"] = audience
	if assume := c.assume(); len(assume) > 0 || c.often(5) {
		s["assume"] = assume
	}
	if c.often(40) {
		s["pricing"] = c.pricing(s)
	}
	return s
}

func (c *chance) message() object {
	m := object{"type": c.of}
	for _, name := range []string{"promotional", "automated"} {
		switch n := c.IntN(10); {
		case n < 6:
			m[name] = false
		case n < 8 && !c.sound:
			m[name] = true
		}
	}
	zns := c.of == "zalo.zns" || c.of == "zalo.zbs-uid"
	if zns {
		tags := []int64{1, 2, 3, 3, 3}
		if c.on < "2024-04-16" {
			tags = []int64{0, 1, 2, 3, 4, 5, 5, 5}
		}
		m["tag"] = c.count(c.number(tags...))
	} else if c.often(5) {
		m["tag"] = c.count(1 + c.Int64N(3))
	}
	if zns || c.often(80) {
		m["template"] = c.template(zns)
	}
	return m
}

var (
	firstKinds  = []string{"custom", "custom", "otp", "rating", "payment", "voucher"}
	secondKinds = []string{"bus-ticket", "quick-response", "journey", "carousel"}
	targets     = []string{
		"own-website", "call", "oa-page", "mini-app", "oa-article", "e-invoice", "distribution", "app-download",
		"other-website", "other-app", "copy",
	}
)

func (c *chance) template(zns bool) object {
	t := object{}
	c.fact(t, "approved")
	kinds := firstKinds
	if c.second && c.often(30) {
		kinds = secondKinds
	}
	c.word(t, "approvedOn", 60, "2021-01-01", "2025-12-09", "2025-12-10", "2026-01-05", "2026-03-15", "2026-03-16", "2026-09-16")
	if zns || c.often(5) {
		t["kind"] = c.one(kinds...)
		c.flag(t, "publicService", 20)
		c.flag(t, "image", 20)
		if c.often(40) {
			t["buttons"] = c.count(c.Int64N(6))
		}
		if c.second && c.often(50) {
			list := []string{}
			places := targets
			if c.often(60) {
				places = slices.Concat(targets[:6], targets[8:9], targets[10:]) // those with a price
			}
			for range c.IntN(4) + c.IntN(3) {
				list = append(list, c.one(places...))
			}
			t["buttons"] = list
		}
		if c.second && zns && c.often(25) {
			t["price"] = c.one("300", "210", "800", "0.5", "123.456", "0.000000000001")
		}
	}
	return t
}

func (c *chance) sender() object {
	o := object{}
	tools := []string{"openapi", "openapi", "openapi", "oa-manager-web", "oa-manager-mini-app"}
	if c.sound {
		tools = tools[:4]
	}
	c.word(o, "tool", 85, tools...)
	c.word(o, "apiVersion", 50, "v2", "v3", "v3", "v3", "v3", "v3")
	packages := []string{"basic", "trial", "advanced", "premium"}
	if c.on >= "2026-06-01" {
		packages = []string{"basic", "standard", "growth", "comprehensive"}
		if c.second && c.on <= "2027-05-31" {
			packages = append(packages, "advanced", "premium")
		}
	}
	c.word(o, "oaPackage", 75, packages...)
	c.some(o, "includedMessages", 40, 0, 1, 500, 999, 1000, 2000, 9000, 1e12)
	switch {
	case c.often(50):
		o["dailyQuota"] = c.count(c.number(1, 2, 3, 4, 5, 7, 500, 1000, 5000, 10_000, 19_999, 20_000, 20_000, 20_001, 50_000, 500_000, 1e12))
	case c.on >= "2024-03-12" && c.often(60):
		o["oldDailyQuota"] = c.count(c.number(500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 1_024_000))
	}
	c.some(o, "contentLevel", 75, 0, 1, 2, 3, 4, 5, 5, 5)
	c.fact(o, "extraConditionsMet")
	if c.often(75) {
		bases := []int64{0, 1, 5, 6, 7, 10_000, 50_000, 59_999, 60_000, 600_000, 1e9, 1e12}
		o["promotionBase"] = []json.Number{c.count(c.number(bases...)), c.count(c.number(bases...))}
	}
	c.flag(o, "firstPromotionMonth", 20)
	c.some(o, "promotionSentThisMonth", 30, 0, 1, 1000, 9999, 10_000, 20_000, 1e12)
	c.some(o, "chargedThisMonth", 50, append(c.bounds, 0, 1, 1e12)...)
	c.some(o, "freeServiceUsed", 40, 0, 1, 400, 999, 1000, 1001, 8000, 1e12)
	c.some(o, "messagingLimit", 40, 1, 250, 1000, 2000, 10_000, 100_000, 1e12)
	c.flag(o, "internationalAuth", 40)
	c.word(o, "country", 75, "VN", "VN", "ID", "IN", "US", "DE", "KR", "EG")
	c.fact(o, "newsPage")
	if strings.HasPrefix(c.of, "zalo.") && c.on >= "2026-06-01" && o["oaPackage"] != nil {
		// How much of an earlier fee is VAT is not defined.
		c.flag(o, "includePackageFee", 20)
	}
	if strings.HasPrefix(c.of, "whatsapp.") {
		currencies := []string{"USD", "EUR"}
		if c.second {
			currencies = append(currencies, "INR", "INR")
		}
		c.word(o, "billingCurrency", 40, currencies...)
		if !c.second {
			// How many messages of a free conversation are free of which not all
			// arrive is not defined.
			c.some(o, "freeConversationsUsed", 20, 0, 1, 900, 999, 1000, 5000)
		} else {
			c.some(o, "phoneNumbers", 40, 1, 2, 8, 1000)
			c.flag(o, "exempt", 40)
		}
	}
	return o
}

func (c *chance) segment() object {
	o := object{"recipients": c.count(c.number(1, 2, 3, 7, 10, 99, 100, 125, 250, 500, 999, 1000, 1001, 5000, 12_345, 60_001,
		100_000, 100_001, 150_001, 1_000_000, 30_000_000, 1e9, 1+c.Int64N(1e9), 1+c.Int64N(1e4)))}
	c.word(o, "name", 10, "a", "Khách cũ", strings.Repeat("й", 100))
	if strings.HasPrefix(c.of, "whatsapp.") || c.often(70) {
		lands := c.lands[c.IntN(len(c.lands))]
		o["country"] = c.one(lands...)
		if c.often(30) {
			o["country"] = c.one("VN", "US", "IN", "ID", "BR", "EG", "MY", "AE", "CU", "IR", "KP", "SY", "KR", "DE", "XK")
		}
	}
	for _, name := range []string{"uid", "phone", "follows", "consents", "optedIn", "careWithin6Months"} {
		c.fact(o, name)
	}
	switch n := c.IntN(100); {
	case n < 15:
	case n < 25 && !c.sound:
		o["hoursSinceInteraction"] = nil
	case c.sound && n < 75:
		o["hoursSinceInteraction"] = json.Number(c.one("0", "12", "23.999", "24", "24", "24.0"))
	default:
		o["hoursSinceInteraction"] = json.Number(c.one("0", "0.5", "1", "12", "23.999", "24", "24.0", "24.001", "25", "47.99", "48", "48",
			"48.01", "49", "72", "100", "167.9", "168", "168", "168.5", "200", "720", "8759.9", "8760", "8760.5", "87600"))
	}
	c.some(o, "interactions", 30, 1, 2, 3, 100)
	c.some(o, "freeUsed", 30, 0, 1, 6, 7, 8, 9, 16, 800, 1e12)
	if c.of != "messenger.recurring-notification" {
		c.some(o, "receivedThisMonth", 40, 0, 0, 1, 2, 3, 4, 5, 6, 27, 28, 29, 30, 31)
	}
	c.flag(o, "freeEntryPoint", 15)
	if c.second && c.often(50) {
		o["deliveredPercent"] = json.Number(c.one("0", "0.01", "1", "12.5", "33.33", "50", "50.0", "79", "99.99", "100"))
	}
	return o
}

func (c *chance) assume() object {
	o := object{}
	c.word(o, "zalo.consultation.free-cap", 20, "unlimited", "8", "8")
	c.word(o, "zalo.consultation.manager-window", 20, "7d", "365d", "365d")
	c.word(o, "zalo.broadcast.premium-cap", 20, "6", "4", "4")
	if c.second {
		c.word(o, "zalo.zns.post-sale-cap", 20, "30", "4", "4")
		c.word(o, "zalo.zbs.price-list", 30, "template", "public-list", "public-list")
		c.word(o, "zalo.zns.vat", 40, "10", "8", "8", "8")
		c.word(o, "whatsapp.na-authentication-2025", 40, "0.0135", "0.0040", "0.0040")
	}
	return o
}

func (c *chance) pricing(s object) object {
	o := object{}
	add := func(name string, percent int, value func() any) {
		if c.often(percent) {
			o[name] = value()
		}
	}
	percent := func() any { return c.one("0", "5", "8", "10", "12.5", "33.333333333333", "100", "10000") }
	money := func() any { return c.money() }
	add("markupPercent", 40, percent)
	add("taxPercent", 50, percent)
	add("markupPerMessage", 60, money)
	add("monthlyFee", 30, money)
	add("convert", 30, func() any {
		billed := "VND"
		if strings.HasPrefix(c.of, "whatsapp.") {
			billed = "USD"
			if given, ok := s["sender"].(object)["billingCurrency"]; ok {
				billed = given.(string)
			}
		}
		return object{"currency": c.one("JPY", "GBP"), "rates": object{billed: c.one("1", "26000", "0.0000385", "149.27")}}
	})
	if c.second {
		add("fallbackPerMessage", 40, money)
		add("markupOnFree", 40, func() any { return c.often(30) })
		add("incoming", 30, func() any { return object{"messages": c.count(c.number(0, 1, 15_000, 1e12)), "perMessage": c.money()} })
		if _, ok := o["markupPerMessage"]; ok {
			add("bundle", 40, func() any { return object{"messages": c.count(c.number(1, 500, 1000, 1e12)), "fee": c.money()} })
		}
	}
	return o
}
