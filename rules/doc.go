// Package rules answers two questions about business messages, for any date:
// may they be sent, and what do they cost.
//
// A [Scenario] goes in, a [Quote] comes out of [Evaluate]. [Decode] reads a
// scenario from JSON and refuses whatever it does not understand.
//
// # Units
//
// Counts (recipients, messages, conversations, quotas) are whole numbers.
// Money is a [decimal.Decimal] in the unit of its currency: Vietnamese dong for
// Zalo and Messenger, for WhatsApp the currency of the account, US dollars unless
// it says so. Percentages are plain numbers, so
// ten per cent is 10. Times since an interaction are hours. No float touches an
// amount.
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
// # The book
//
// Every number comes from the dated book in the folder book: a fact holds from
// its day until the next fact of the same rule, with its sources and a status
// (official, corroborated, single, derived, contested). Where the book has no
// fact for a day it says so; it never takes the nearest one. A rule's id is
// never given another meaning.
//
// # Errors
//
// Everything that is wrong with a scenario is reported as an [*Error] with the
// path of the field, a code and what would be right.
//
// # Unknown is not no
//
// A fact that the scenario leaves out is unknown. It never counts as false or
// zero (but for the few fields that say so); the checks that need it come out
// as unknown, and the figures take them as passed.
package rules
