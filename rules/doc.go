// Package rules answers two questions about business messages, for any date:
// may they be sent, and what do they cost.
//
// A [Scenario] goes in, a [Quote] comes out of [Evaluate]. [Decode] reads a
// scenario from JSON and refuses whatever it does not understand.
//
// A [Plan] is several scenarios of one sender, some of them again and again;
// [EvaluatePlan] answers it with a [PlanQuote], and [DecodePlan] reads it from
// JSON. [Most] turns a scenario round: to how many people it may go for a budget.
// [Compare] lists the other ways to its people, [MixOf] finds the best one for each
// group of them, as a plan; rules/reach does so for a list of people. [PackagesFor] tells what a plan costs with each package of
// an Official Account.
//
// # Units
//
// Counts (recipients, messages, conversations, quotas) are whole numbers.
// Money is a [decimal.Decimal] in the unit of its currency: Vietnamese dong for
// Zalo and Messenger, for WhatsApp the currency of the account, US dollars unless
// it says so. Percentages are plain numbers, so ten per cent is 10. Times since
// an interaction are hours. No float touches an amount.
//
// # Rounding
//
// Sums and products are exact. A quotient that does not terminate is rounded
// half-up at six decimals; the rate of a volume tier that the book derives from
// a list rate is rounded half-up at four, as the published cards do.
//
// # Dates
//
// Zalo and Messenger count days in Vietnam time, WhatsApp in the time zone of
// the business account. Windows are inclusive: exactly 48 hours is inside 48
// hours. The package reads no clock: the day of sending comes in the scenario.
//
// # Message types
//
// A type is a platform's word for a kind of message, and its checks come in a
// fixed order, each evaluated on its own:
//
//   - zalo.uid.consultation, .transaction, .broadcast, .personal-promotion: from an
//     Official Account to a user id: available, identity, consent or follow, window
//     (consultation), tool, api-version and package (by the interface), cap
//     (promotion), hours (broadcast). zalo.zns-follower: available.
//   - zalo.zns: by template to a phone number: available, identity, template, tag;
//     after a sale also consent, cap and quota; package and hours where they are
//     told. zalo.zbs-uid: by template to a user id, from 2026: available, identity,
//     window (a year), tool, api-version, package, template (approved from
//     2025-12-10, and not of every kind), for tag 3 cap, and hours. It costs a share
//     of what the same template costs by phone.
//   - messenger.standard: available, window. messenger.confirmed-event-update,
//     .post-purchase-update, .account-update: available, content.
//     messenger.human-agent: available, window, content.
//     messenger.one-time-notification: available, consent, cap.
//   - messenger.utility-message: available, template, content, country (of the
//     sender, in the beta). messenger.marketing-message: available, consent, country
//     (of the sender and of the recipient), cap by the day.
//     messenger.recurring-notification: available, consent, country (from
//     2026-02-10), cap by the day. messenger.sponsored-message: available, window (a
//     year, and not within 24 hours). messenger.private-reply: available, window
//     (since the comment), cap by interactions. messenger.customer-feedback:
//     available, window, content. messenger.news: available, identity (a
//     news page), content.
//   - whatsapp.service: available, window, country. whatsapp.utility,
//     .authentication, .marketing: available, consent, template, country.
//
// On a day before the book begins the only check of a type is available, and it is
// unknown. All that is asked for counts as deliverable then, without a price.
//
// # The book
//
// Every number comes from the dated book in the folder book: a fact holds from
// its day until the next fact of the same rule, with its sources and a status
// (official, corroborated, single, derived, contested). Where the book has no
// fact for a day it says so; it never takes the nearest one. A rule's id is
// never given another meaning.
//
// # Plans
//
// Each occurrence of an item is a scenario of its own, on its own day and at its
// own prices, worked by day and within a day in the order of the items. What the
// ones before it have used up in the calendar month is used: messages in the
// package, free thousands, the quota of post-sale messages, messages charged by
// market and category, free conversations, the messages of a bundle. What a sender
// or a segment says to have used before holds for the first month. Fees are paid
// once for each month in which anything may go out. Currencies are never added up
// but by rates that the user gives. Nothing is cut by the limits of a day; a day
// that passes the daily quota says by how much.
//
// A plan has at most 50 items, each over at most 366 days from its first one, and
// 5,000 occurrences in all. A year of three daily items takes some milliseconds.
//
// # Errors
//
// Everything that is wrong with a scenario is reported as an [*Error] with the
// path of the field, a code and what would be right. Of a plan the path says in
// which item, such as items[2].audience[0].recipients; what is wrong on a later day
// of an item alone names the first such day.
//
// # Unknown is not no
//
// A fact that the scenario leaves out is unknown. It never counts as false or
// zero (but for the few fields that say so); the checks that need it come out
// as unknown, and the figures take them as passed.
package rules
