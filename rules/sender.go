package rules

import "unsafe"

// A Sender is who sends, and what it has used up in the month of sending.
type Sender struct {
	Tool                Tool          // what the OA sends with
	APIVersion          APIVersion    // of Zalo's sending interface
	OAPackage           OAPackage     // service package of the OA
	IncludedMessages    int64         // consultation messages past 48 h still in the package
	IncludePackageFee   bool          // add a month's fee of the package to the cost
	DailyQuota          Opt[int64]    // ZNS a day, from 1
	OldDailyQuota       Opt[int64]    // the quota of before 2024-03-12, converted
	ContentLevel        Opt[int64]    // highest ZNS tag allowed before 2024-03-12, 0 to 5
	ExtraConditionsMet  Opt[bool]     // for post-sale ZNS before 2024-03-12
	PromotionBase       Opt[[2]int64] // ZNS of tag 1 and 2 delivered in the two previous months
	FirstPromotionMonth bool          // the first month in which post-sale ZNS may be sent
	PromotionSent       int64         // post-sale ZNS sent in the month
	ChargedThisMonth    int64         // WhatsApp messages charged in each market and category asked about
	FreeServiceUsed     int64         // of the free WhatsApp service messages of the month
	PhoneNumbers        Opt[int64]    // WhatsApp numbers that send, each with the free thousand; 1 if not given
	Exempt              bool          // a government body or a non-profit that Meta exempts from paying for replies
	MessagingLimit      Opt[int64]    // WhatsApp unique users in 24 h, from 1
	// Of the free WhatsApp conversations of the month, for days before
	// 2024-11-01; the free ones are only counted where it is given.
	FreeConversationsUsed Opt[int64]
	BillingCurrency       string    // of the WhatsApp account, one of BillingCurrencies; USD if not given
	InternationalAuth     bool      // WhatsApp: Meta's rates for international authentication hold for the sender
	Country               string    // ISO 3166-1 alpha-2
	NewsPage              Opt[bool] // Messenger: Meta lets the page send news
}

var senderFields = []Field{
	{Path: "sender.tool", Decides: true, Kind: KindChoice, words: func(Date) []string { return toolWords },
		at: inSender + unsafe.Offsetof(Sender{}.Tool), stored: storedWord},
	{Path: "sender.apiVersion", Decides: true, Kind: KindChoice, words: func(Date) []string { return uidAPIVersions.facts[0].words },
		at: inSender + unsafe.Offsetof(Sender{}.APIVersion), stored: storedWord},
	{Path: "sender.oaPackage", Decides: true, Kind: KindChoice, words: packagesOn,
		at: inSender + unsafe.Offsetof(Sender{}.OAPackage), stored: storedWord},
	{Path: "sender.includedMessages", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.IncludedMessages), stored: storedCount},
	{Path: "sender.includePackageFee", Decides: true, Kind: KindFlag, at: inSender + unsafe.Offsetof(Sender{}.IncludePackageFee), stored: storedBool},
	{Path: "sender.dailyQuota", Kind: KindCount, Least: 1, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.DailyQuota), stored: storedOptCount},
	{Path: "sender.oldDailyQuota", Decides: true, Kind: KindCount, Most: MaxCount, Unit: "messages", words: oldQuotasOn, wrong: wrongOldQuota,
		at: inSender + unsafe.Offsetof(Sender{}.OldDailyQuota), stored: storedOptCount},
	{Path: "sender.contentLevel", Kind: KindCount, Most: MaxTag, at: inSender + unsafe.Offsetof(Sender{}.ContentLevel), stored: storedOptCount},
	{Path: "sender.extraConditionsMet", Kind: KindYesNo, at: inSender + unsafe.Offsetof(Sender{}.ExtraConditionsMet), stored: storedOptBool},
	{Path: "sender.promotionBase", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.PromotionBase), stored: storedOptPair},
	{Path: "sender.firstPromotionMonth", Kind: KindFlag, at: inSender + unsafe.Offsetof(Sender{}.FirstPromotionMonth), stored: storedBool},
	{Path: "sender.promotionSentThisMonth", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.PromotionSent), stored: storedCount},
	{Path: "sender.chargedThisMonth", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.ChargedThisMonth), stored: storedCount},
	{Path: "sender.freeServiceUsed", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inSender + unsafe.Offsetof(Sender{}.FreeServiceUsed), stored: storedCount},
	{Path: "sender.phoneNumbers", Kind: KindCount, Least: 1, Most: MaxPhoneNumbers, Unit: "numbers", standard: "1", at: inSender + unsafe.Offsetof(Sender{}.PhoneNumbers), stored: storedOptCount},
	{Path: "sender.exempt", Decides: true, Kind: KindFlag, at: inSender + unsafe.Offsetof(Sender{}.Exempt), stored: storedBool},
	{Path: "sender.messagingLimit", Decides: true, Kind: KindCount, Least: 1, Most: MaxCount, Unit: "people", at: inSender + unsafe.Offsetof(Sender{}.MessagingLimit), stored: storedOptCount},
	{Path: "sender.freeConversationsUsed", Kind: KindCount, Most: MaxCount, Unit: "conversations",
		at: inSender + unsafe.Offsetof(Sender{}.FreeConversationsUsed), stored: storedOptCount},
	{Path: "sender.billingCurrency", Decides: true, Kind: KindChoice, standard: defaultCurrency, words: func(Date) []string { return billingCurrencies },
		at: inSender + unsafe.Offsetof(Sender{}.BillingCurrency), stored: storedWord},
	{Path: "sender.internationalAuth", Decides: true, Kind: KindFlag, at: inSender + unsafe.Offsetof(Sender{}.InternationalAuth), stored: storedBool},
	{Path: "sender.country", Kind: KindCountry, at: inSender + unsafe.Offsetof(Sender{}.Country), stored: storedWord},
	{Path: "sender.newsPage", Kind: KindYesNo, at: inSender + unsafe.Offsetof(Sender{}.NewsPage), stored: storedOptBool},
}

// A Tool is what a Zalo Official Account sends with.
type Tool string

// The tools of a Zalo Official Account.
const (
	OpenAPI          Tool = "openapi"
	OAManagerWeb     Tool = "oa-manager-web"
	OAManagerMiniApp Tool = "oa-manager-mini-app"
)

// Tools lists the tools of a Zalo Official Account.
func Tools() []Tool { return []Tool{OpenAPI, OAManagerWeb, OAManagerMiniApp} }

// An APIVersion is the version of Zalo's sending interface.
type APIVersion string

// The versions of Zalo's sending interface.
const (
	APIv2 APIVersion = "v2"
	APIv3 APIVersion = "v3"
)

// An OAPackage is the service package of a Zalo Official Account. Which ones
// there are depends on the day, see OAPackages.
type OAPackage string

// The packages of a Zalo Official Account.
const (
	PackageBasic         OAPackage = "basic"
	PackageTrial         OAPackage = "trial"         // to 2026-05-31
	PackageAdvanced      OAPackage = "advanced"      // bought to 2026-05-31
	PackagePremium       OAPackage = "premium"       // bought to 2026-05-31
	PackageStandard      OAPackage = "standard"      // from 2026-06-01
	PackageGrowth        OAPackage = "growth"        // from 2026-06-01
	PackageComprehensive OAPackage = "comprehensive" // from 2026-06-01
)

// HasAPI reports whether an account with a package may send by a program on a day. Where the
// book has no rule for the day it may.
func HasAPI(p OAPackage, on Date) bool {
	packages := uidAPIPackages.on(on)
	return packages == nil || packages.has(string(p))
}

// OAPackages lists the packages that an account may have on a day.
func OAPackages(on Date) []OAPackage {
	words := oaPackages.on(on)
	if words == nil {
		return nil
	}
	packages := make([]OAPackage, len(words.words))
	for i, w := range words.words {
		packages[i] = OAPackage(w)
	}
	return packages
}
