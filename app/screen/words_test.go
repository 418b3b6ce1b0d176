package screen

import (
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/screen/below"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// announcedDays are the days after the test's own on which the book changes.
func announcedDays() []string {
	today, err := rules.ParseDate(formtest.TestDay)
	if err != nil {
		panic(err)
	}
	var days []string
	_, last := rules.Span()
	for _, d := range rules.ChangeDays(today, last) {
		days = append(days, d.String())
	}
	return days
}

// Every combination is drawn in one language, in turn: that all have the same
// texts with the same names in them is tested above.
func TestNoScreenShowsAKeyOrAPlaceholder(t *testing.T) {
	days := []string{"2019-01-01", "2020-06-01", "2021-06-02", "2023-05-01", "2023-06-20", "2023-07-01", "2024-03-11", "2024-03-12", "2024-05-01", "2024-12-01", "2025-09-01", "2026-02-01", "2026-09-30", formtest.TestDay}
	days = append(days, announcedDays()...)
	variants := []map[string]string{
		{},
		{"audience[0].hoursSinceInteraction": "", "audience[0].uid": "", "audience[0].phone": "", "audience[0].follows": "", "audience[0].optedIn": "", "sender.tool": "", "sender.oaPackage": "", "message.promotional": "", "message.template.approved": "", "sender.dailyQuota": ""},
		{"audience[0].hoursSinceInteraction": "1", "audience[0].uid": form.No, "audience[0].phone": form.No, "audience[0].follows": form.No, "audience[0].optedIn": form.No, "audience[0].consents": form.No, "sender.tool": "openapi", "sender.oaPackage": "basic", "sender.apiVersion": "v2", "message.promotional": form.Yes, "message.template.approved": form.No, "message.template.kind": "voucher", "message.tag": "3", form.PathPer: "9", "audience[0].country": "US", "sender.messagingLimit": "250", "sender.dailyQuota": "700", "audience[0].freeEntryPoint": form.Yes},
		{"audience[0].hoursSinceInteraction": form.Never, "audience[0].consents": form.No, "audience[0].recipients": "9000000", "sender.oaPackage": "premium", form.PathPer: "7", "message.tag": "5", "message.template.buttons": "3", "message.template.image": form.Yes, "message.template.publicService": form.Yes, "pricing.markupPercent": "10", "pricing.markupPerMessage": "0.01", "pricing.monthlyFee": "5", "pricing.taxPercent": "8", "pricing.convert.currency": "EUR", "pricing.convert.rates.VND": "0.00003", "pricing.convert.rates.USD": "0.9", "sender.internationalAuth": form.Yes, "audience[0].country": "IN", "sender.country": "BR", "sender.freeConversationsUsed": "7"},
		{"sender.billingCurrency": "EUR", "pricing.convert.currency": "VND", "pricing.convert.rates.EUR": "30000", "audience[0].country": "GB", "sender.country": "IN", "pricing.monthlyFee": "5"},
		{"audience[0].hoursSinceInteraction": "30", "audience[0].receivedThisMonth": "99", "sender.country": "", "sender.newsPage": "", "message.template.approvedOn": "", "message.promotional": form.Yes, "message.tag": "3", "sender.includePackageFee": form.Yes, form.PathPer: "40"},
		{"audience[0].hoursSinceInteraction": "1", "audience[0].country": "FR", "sender.country": "FR", "sender.newsPage": form.Yes, "message.template.approvedOn": "2025-01-01", "sender.includePackageFee": form.Yes, "sender.oaPackage": "basic"},
		{"audience[0].hoursSinceInteraction": "900", "audience[0].recipients": "x", form.PathPer: "0", "sender.dailyQuota": "0", "pricing.taxPercent": "abc", form.PathOn: "2026-02-30"},
	}
	sections := wordstest.KeySections()
	good := map[string]bool{} // most texts come again and again
	turn := 0
	for _, kind := range rules.MessageTypes("") {
		for _, on := range days {
			turn++ // so that a variant of the next day is drawn in another language
			for i, variant := range variants {
				if _, later := variant["sender.newsPage"]; later && on < "2025-09-01" {
					continue // what it answers was not asked before
				}
				f := form.New(formtest.TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on)
				for path, v := range variant {
					f.Set(path, v)
				}
				if i == 2 {
					f.AddGroup(0)
					f.Set("audience[1].hoursSinceInteraction", "400")
				}
				turn++
				code := words.Codes[turn%len(words.Codes)]
				s := newScreen(code, false, f)
				// The ways take longer than all the rest, and on a day they are
				// much the same for each type.
				if (on == formtest.TestDay || on == "2024-03-12" || on > formtest.TestDay) && (turn/len(words.Codes))%2 == 0 {
					s.desk.Opened = map[string]bool{below.PicturesID: true}
					for _, name := range below.PictureNames {
						s.desk.Opened[below.PicturesID+name] = true
					}
				} else {
					s.lists.Ways = &model.WayList{}
				}
				for said := range wordstest.TextsIn(goapp.HTMLString(s)) {
					if good[said] {
						continue
					}
					if left := wordstest.LeftOver(said, sections); left != "" {
						t.Errorf("%s, %s on %s, variant %d shows %q in %q", code, kind, on, i, left, said)
						continue
					}
					good[said] = true
				}
			}
		}
	}
}
