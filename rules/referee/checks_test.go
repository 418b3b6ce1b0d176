package referee

import "slices"

type outcome string

const (
	pass    outcome = "pass"
	fail    outcome = "fail"
	unknown outcome = "unknown"
)

type check struct {
	code string
	outcome
}

// told is the outcome of a fact that must hold.
func told(fact *bool) outcome {
	if fact == nil {
		return unknown
	}
	return known(*fact)
}

// not is the outcome of a fact that must not hold.
func not(fact *bool) outcome {
	if fact == nil {
		return unknown
	}
	return known(!*fact)
}

func known(holds bool) outcome {
	if holds {
		return pass
	}
	return fail
}

// both is the outcome of a check of several parts: it fails if one part is
// known to fail.
func both(parts ...outcome) outcome {
	if slices.Contains(parts, fail) {
		return fail
	}
	if slices.Contains(parts, unknown) {
		return unknown
	}
	return pass
}

// among is the outcome of a word that must be on a list.
func among(word string, list ...string) outcome {
	if word == "" {
		return unknown
	}
	return known(slices.Contains(list, word))
}

// A judgement is what the checks of a segment come to.
type judgement struct {
	checks []check
	number int64 // what cap and quota leave
	none   bool  // another check failed
}

func (j *judgement) add(code string, o outcome) {
	j.checks = append(j.checks, check{code, o})
	if o == fail {
		j.none = true
	}
}

// cut lowers the number to a limit; a check that does so fails.
func (j *judgement) cut(code string, limit int64) {
	limit = max(limit, 0)
	o := pass
	if j.number > limit {
		o = fail
		j.number = limit
	}
	j.checks = append(j.checks, check{code, o})
}

// deliverable is how many may go out.
func (j *judgement) deliverable() int64 {
	if j.none {
		return 0
	}
	return j.number
}

// judge makes the checks of a segment. The quota is what is left of the monthly
// one for messages after a sale, nil where it is not known.
func (s *scenario) judge(g *segment, quota *int64) (j judgement) {
	j.number = g.people() * s.each()
	if s.beforeTheBook() {
		j.add("available", unknown)
		return j
	}
	switch s.Message.Type {
	case "zalo.uid.consultation":
		j.add("available", pass)
		j.add("identity", told(g.UID))
		j.add("consent", g.interactedOrConsents())
		window := int64(168)
		if s.reading("zalo.consultation.manager-window", "7d") == "365d" && (s.Sender.Tool == "oa-manager-web" || s.Sender.Tool == "oa-manager-mini-app") {
			window = 8760
		}
		j.add("window", g.window(window))
		j.add("tool", pass) // all three are allowed, whether given or not
		s.byInterface(&j)
	case "zalo.uid.transaction":
		j.add("available", known(s.On <= "2026-02-28"))
		j.add("identity", told(g.UID))
		j.add("consent", g.interactedOrConsents())
		j.add("tool", among(s.Sender.Tool, "openapi"))
		s.byInterface(&j)
	case "zalo.uid.broadcast":
		j.add("available", pass)
		j.add("identity", told(g.UID))
		j.add("follow", told(g.Follows))
		j.add("tool", among(s.Sender.Tool, "openapi", "oa-manager-web"))
		s.byInterface(&j)
		s.promotionCap(&j, g)
		if s.At != "" && s.On >= "2026-01-01" {
			j.add("hours", known(s.At >= "06:00" && s.At <= "21:59"))
		}
	case "zalo.uid.personal-promotion":
		j.add("available", known(s.On <= "2026-02-28"))
		j.add("identity", told(g.UID))
		j.add("follow", told(g.Follows))
		j.add("tool", among(s.Sender.Tool, "openapi"))
		s.byInterface(&j)
		s.promotionCap(&j, g)
	case "zalo.zns-follower":
		j.add("available", known(s.On <= "2023-06-19"))
	case "zalo.zns":
		j.add("available", pass)
		j.add("identity", told(g.Phone))
		if s.Message.Template.Kind == "carousel" && s.On < "2026-07-15" {
			j.add("template", fail)
		} else {
			j.add("template", told(s.Message.Template.Approved))
		}
		j.add("tag", s.tagAllowed())
		if s.isPostSale() {
			if s.On >= "2025-08-06" {
				j.add("consent", told(g.CareWithin6Months))
			}
			s.postSaleCap(&j, g)
			if s.On >= "2024-11-01" {
				if quota == nil {
					j.add("quota", unknown)
				} else {
					j.cut("quota", *quota)
				}
			}
		}
		if s.Sender.OAPackage != "" && s.On >= "2024-03-28" {
			j.add("package", known(s.Sender.OAPackage != "basic"))
		}
		s.templateHours(&j)
	case "zalo.zbs-uid":
		j.add("available", known(s.On >= "2026-01-01"))
		j.add("identity", told(g.UID))
		j.add("window", g.window(8760))
		j.add("tool", among(s.Sender.Tool, "openapi"))
		s.byInterface(&j)
		t := s.Message.Template
		late := unknown
		if t.ApprovedOn != "" {
			late = known(t.ApprovedOn >= "2025-12-10")
		}
		if slices.Contains([]string{"otp", "quick-response", "journey", "carousel"}, t.Kind) {
			j.add("template", fail)
		} else {
			j.add("template", both(told(t.Approved), late))
		}
		if s.tag() == 3 {
			s.postSaleCap(&j, g)
		}
		s.templateHours(&j)
	default:
		if s.is("whatsapp.*") {
			s.judgeWhatsApp(&j, g)
		} else {
			s.judgeMessenger(&j, g)
		}
	}
	return j
}

func (g *segment) window(hours int64) outcome {
	if _, given := g.hours(); !given {
		return unknown
	}
	return known(g.inside(hours))
}

// interactedOrConsents holds for people who have ever interacted, or allowed
// the account to write.
func (g *segment) interactedOrConsents() outcome {
	since, given := g.hours()
	switch {
	case since != nil, g.Consents != nil && *g.Consents:
		return pass
	case !given, g.Consents == nil:
		return unknown
	}
	return fail
}

// byInterface adds the checks of those who send with Zalo's interface.
func (s *scenario) byInterface(j *judgement) {
	if s.Sender.Tool != "openapi" {
		return
	}
	if s.Sender.APIVersion != "" {
		j.add("api-version", known(s.Sender.APIVersion != "v2" || s.On <= "2023-06-20"))
	}
	switch {
	case s.On >= "2026-06-01":
		// Advanced and premium are those bought before that still run; after
		// 2027-05-31 they are on no list.
		j.add("package", among(s.Sender.OAPackage, "growth", "comprehensive", "advanced", "premium"))
	case s.On >= "2024-08-12" && s.Sender.OAPackage != "":
		j.add("package", among(s.Sender.OAPackage, "advanced", "premium"))
	}
}

// promotionCap adds the check of how many broadcasts or promotions a person may
// get in a month, which depends on the package.
func (s *scenario) promotionCap(j *judgement, g *segment) {
	received := count(g.ReceivedThisMonth, 0)
	each, published := map[string]int64{"basic": 1, "trial": 4, "advanced": 4, "premium": 6}[s.Sender.OAPackage]
	if s.Sender.OAPackage == "premium" && s.reading("zalo.broadcast.premium-cap", "6") == "4" {
		each = 4
	}
	if s.On >= "2026-06-01" && s.Sender.OAPackage != "advanced" && s.Sender.OAPackage != "premium" {
		published = false // basic is one of the new packages then
	}
	switch {
	case published:
		j.cut("cap", (each-received)*g.people())
	case s.Sender.OAPackage != "" && s.each()+received == 1:
		j.add("cap", pass)
	default:
		j.add("cap", unknown)
	}
}

// postSaleCap adds the check of how many messages after a sale a person may get
// in a month.
func (s *scenario) postSaleCap(j *judgement, g *segment) {
	each := int64(4)
	if s.On >= "2026-01-22" && s.reading("zalo.zns.post-sale-cap", "30") == "30" {
		each = min(30, s.daysOfMonth())
	}
	j.cut("cap", (each-count(g.ReceivedThisMonth, 0))*g.people())
}

// tagAllowed is whether an account may send messages of the tag.
func (s *scenario) tagAllowed() outcome {
	if s.On < "2024-03-12" {
		level := unknown
		if s.Sender.ContentLevel != nil {
			level = known(s.tag() <= count(s.Sender.ContentLevel, 0))
		}
		if s.tag() == 5 {
			return both(level, told(s.Sender.ExtraConditionsMet))
		}
		return level
	}
	if s.On >= "2026-01-01" || !s.isPostSale() {
		return pass
	}
	quota, given := s.quota()
	if !given {
		return unknown
	}
	return known(quota >= 20_000)
}

// templateHours adds the check of the hour of sending of a template.
func (s *scenario) templateHours(j *judgement) {
	if s.At == "" || s.On < "2024-04-16" {
		return
	}
	day := s.At >= "06:00" && s.At <= "21:59"
	switch {
	case s.tag() == 1 && !day:
		j.add("hours", unknown)
	case s.tag() != 1 && day && s.On >= "2026-01-01" && s.At < "07:00":
		j.add("hours", unknown)
	default:
		j.add("hours", known(day))
	}
}

func (s *scenario) judgeWhatsApp(j *judgement, g *segment) {
	j.add("available", pass)
	if s.is("whatsapp.service") {
		j.add("window", g.window(24))
	} else {
		j.add("consent", told(g.OptedIn))
		j.add("template", told(s.Message.Template.Approved))
	}
	served := !slices.Contains([]string{"CU", "IR", "KP", "SY"}, g.Country)
	if s.is("whatsapp.marketing") && s.On >= "2025-04-01" && g.Country == "US" {
		served = false
	}
	j.add("country", known(served))
}

// europeanUnion are its members since 2020-02-01.
var europeanUnion = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
	"NL", "PL", "PT", "RO", "SE", "SI", "SK",
}

func (s *scenario) judgeMessenger(j *judgement, g *segment) {
	content := not(s.Message.Promotional)
	switch s.Message.Type {
	case "messenger.standard":
		j.add("available", pass)
		j.add("window", g.window(24))
	case "messenger.confirmed-event-update", "messenger.post-purchase-update", "messenger.account-update":
		j.add("available", known(s.On <= "2026-04-26"))
		j.add("content", content)
	case "messenger.human-agent":
		j.add("available", known(s.On >= "2021-06-02"))
		j.add("window", g.window(168))
		j.add("content", both(content, not(s.Message.Automated)))
	case "messenger.one-time-notification":
		j.add("available", pass)
		j.add("consent", told(g.OptedIn))
		j.cut("cap", g.people())
	case "messenger.utility-message":
		j.add("available", known(s.On >= "2025-07-29"))
		j.add("template", told(s.Message.Template.Approved))
		j.add("content", content)
		if s.On <= "2026-03-12" {
			j.add("country", among(s.Sender.Country, "US", "VN", "TH", "PH"))
		}
	case "messenger.marketing-message":
		j.add("available", known(s.On >= "2025-07-01"))
		j.add("consent", told(g.OptedIn))
		from := among(s.Sender.Country, "AU", "BR", "CL", "CO", "HK", "IN", "ID", "IL", "MY", "MX", "NZ", "PE", "PH", "SA", "SG", "TW", "TH", "AE", "US", "VN")
		to := unknown
		if g.Country != "" {
			to = known(among(g.Country, append([]string{"JP", "KR", "AU", "GB"}, europeanUnion...)...) == fail)
		}
		j.add("country", both(from, to))
		j.cut("cap", (s.daysOfMonth()-count(g.ReceivedThisMonth, 0))*g.people())
	case "messenger.recurring-notification":
		j.add("available", known(s.On >= "2022-05-19"))
		j.add("consent", told(g.OptedIn))
		if s.On >= "2026-02-10" {
			j.add("country", among(g.Country, append([]string{"AU", "JP", "KR", "GB"}, europeanUnion...)...))
		}
		j.add("cap", pass) // only few are asked for: see the scenarios
	case "messenger.sponsored-message":
		j.add("available", known(s.On <= "2024-07-31"))
		window := g.window(8760)
		if g.inside(24) {
			window = fail
		}
		j.add("window", window)
	case "messenger.private-reply":
		j.add("available", pass)
		j.add("window", g.window(168))
		j.cut("cap", count(g.Interactions, 1)*g.people())
	case "messenger.customer-feedback":
		j.add("available", pass)
		j.add("window", g.window(168))
		j.add("content", content)
	case "messenger.news":
		j.add("available", pass)
		j.add("identity", told(s.Sender.NewsPage))
		j.add("content", content)
	}
}
