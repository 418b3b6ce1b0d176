package page

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// TariffDate says of which day the tariffs are; it stands on every page.
func TariffDate(w *words.Language) goapp.UI {
	return kit.Tag("p").ID("tariff-date").Body(kit.Text(report.TariffText(w)))
}

// The calculator on the home screen: the offer to put it there, which stands at
// the foot of the page and nowhere else, and what the installed app has in place
// of the browser's buttons. The stylesheet shows each where it belongs.

// InstallID is the part of the page on the method that says how to do it.
const InstallID = "install"

// InstallLink leads to how to put the calculator on the home screen.
func InstallLink(w *words.Language, href func(path string) string) goapp.UI {
	return kit.Tag("p").Class("in-browser").Body(kit.Tag("a").Attr("href", href(kit.AboutPath(w.Code))+"#"+InstallID).Body(kit.Text(w.Text("install.how"))))
}

// Header is the top of every page: the way home, to the plan, to the list, to the bill, to the
// book and to the same page in another language. The page is given by its path in a language.
func Header(w *words.Language, page func(code string) string, href func(path string) string, below goapp.UI) goapp.UI {
	links := make([]goapp.UI, 0, len(words.Codes))
	for _, code := range words.Codes {
		link := kit.Tag("a").ID(LanguageLink(code)).Attr("href", href(page(code))).Attr("hreflang", code).Attr("lang", code).
			Body(kit.Span("short", strings.ToUpper(code)), kit.Hidden(w.Text("language."+code)))
		if code == w.Code {
			link = link.Attr("aria-current", "true")
		}
		links = append(links, link)
	}
	way := func(class, to, key string) goapp.UI {
		link := kit.Tag("a").Class(class).Attr("href", href(to)).Body(kit.Text(w.Text(key)))
		if page(w.Code) == to {
			link = link.Attr("aria-current", "page")
		}
		return link
	}
	return kit.Tag("header").Class("top").Body(
		kit.Div("airmail"),
		kit.Div("top-row",
			kit.Tag("a").Class("brand").Attr("href", href(kit.HomePath(w.Code))).Body(Brand(), kit.Span("brand-name", "Postage")),
			kit.Tag("nav").Class("site").Aria("label", w.Text("nav.site")).Body(
				way("to-home", kit.HomePath(w.Code), "nav.calculator"), way("to-plan", kit.PlanPath(w.Code), "nav.plan"), way("to-list", kit.ListPath(w.Code), "nav.list"),
				way("to-audit", kit.AuditPath(w.Code), "nav.audit"), way("to-rules", kit.RulesPath(w.Code), "nav.rules"),
			),
			kit.Tag("nav").Class("languages").Aria("label", w.Text("nav.languages")).Body(links...),
		),
		below,
	)
}

func LanguageLink(code string) string { return "language-" + code }

// Footer is the bottom of every page of the site. Below the day of the
// tariffs stand what looks for a newer build and the offer to install.
func Footer(w *words.Language, href func(path string) string, renew, install goapp.UI) goapp.UI {
	return kit.Tag("footer").Class("foot").Body(
		TariffDate(w),
		renew,
		kit.Tag("p").Body(kit.Text(w.Text("foot.method"))),
		kit.Tag("p").Body(kit.Text(w.Text("foot.private"))),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", href(kit.AboutPath(w.Code))).Body(kit.Text(w.Text("foot.about")))),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", href(kit.PartnersPath(w.Code))).Body(kit.Text(w.Text("foot.partners")))),
		install,
	)
}

// FrameFooter is the bottom of a page in one of a partner's: it says where the numbers
// come from, and leads to the page on its own.
func FrameFooter(w *words.Language, whole string) goapp.UI {
	return kit.Tag("footer").Class("foot").Body(
		TariffDate(w),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", whole).Attr("target", "_blank").Attr("rel", "noopener").Body(kit.Text(w.Text("frame.full")))),
		kit.Tag("p").Body(kit.Text(w.Text("foot.private"))),
	)
}

// Lead is the way from an answer to the partner; nil where the partner wants none. The
// script of the frame puts the answer into the address when it is pressed.
func Lead(w *words.Language, o *model.FrameOptions, subject, summary string) goapp.UI {
	if o.Lead == "" {
		return nil
	}
	label := o.LeadLabel
	if label == "" {
		label = w.Text("frame.lead")
	}
	if o.Lead == "event" {
		return kit.Tag("button").Class("lead-button").Attr("type", "button").Attr("data-lead", "event").Body(kit.Text(label))
	}
	link := kit.Tag("a").Class("lead-button").Attr("href", o.Lead).Attr("data-lead", "link").
		Attr("data-subject", subject).Attr("data-summary", summary).Body(kit.Text(label))
	if strings.HasPrefix(o.Lead, "https:") {
		link = link.Attr("target", "_blank").Attr("rel", "noopener")
	}
	return link
}

// Brand is the logo: a stamp with the sign of the dong.
func Brand() goapp.UI {
	return kit.Svg("svg").Attr("data-is", "brand-mark").Attr("viewBox", "0 0 32 32").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("width", "32").Attr("height", "32").Attr("rx", "6"),
		kit.Svg("path").Attr("d", "M19.5 7v14.2M15.6 9.6h7M19.5 17.2a4.1 4.1 0 1 0-8.2 0 4.1 4.1 0 0 0 8.2 0zM11 25h9"),
	)
}

// SourceLine names the documents that something rests on, with the day from which it
// holds and how sure it is, where these are known.
func SourceLine(w *words.Language, ids []string, status rules.Status, since rules.Date) goapp.UI {
	return SourceLinks(w, ids, status, since, "")
}

// SourceLinks is [SourceLine] where a document that has no address of its own leads to
// the register: that is the register's address before a document's id.
func SourceLinks(w *words.Language, ids []string, status rules.Status, since rules.Date, register string) goapp.UI {
	var parts []goapp.UI
	for i, src := range words.SourcesByName(w, ids) {
		if i > 0 {
			parts = append(parts, kit.Text(" · "))
		}
		switch {
		case src.URL != "":
			parts = append(parts, kit.Outside(src.URL, src.Title, src.Name))
		case register != "" && src.Publisher != "":
			parts = append(parts, kit.Tag("a").Attr("href", register+src.ID).Attr("title", src.Title).Body(kit.Text(src.Name)))
		default:
			parts = append(parts, kit.Tag("span").Attr("title", src.Title).Body(kit.Text(src.Name)))
		}
	}
	if since != 0 {
		parts = append(parts, kit.Span("since", " · "+w.Text("since", "date", w.Date(since))))
	}
	if status != "" {
		parts = append(parts, kit.Span("status", " · "+w.Text("status."+string(status))))
	}
	return kit.Tag("p").Class("sources").Body(parts...)
}

// DayText says in the reader's language which day, written 2006-01-02, a date field
// holds: the browser writes it as its own language does.
func DayText(w *words.Language, day string) string {
	if d, err := rules.ParseDate(day); err == nil {
		return w.Day(d)
	}
	return ""
}

// DayUnit is that text behind the field.
func DayUnit(w *words.Language, day string) goapp.UI {
	return kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(DayText(w, day)))
}
