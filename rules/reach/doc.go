// Package reach tells who of a list of people can be reached, by which type of
// message, and what that costs at the least.
//
// A [Contact] is one person as a file knows them. [Prepare] looks at a [Task]: what the
// people are to get, when, from whom, in which ways and at what prices. A [List] takes
// contact after contact, finds who stands there twice, and keeps a few bytes of each.
// [Ways.Plan] plans for how many people there are of each [Key], and [List.Rows] tells
// row by row what becomes of them:
//
//	ways, err := reach.Prepare(task)
//	list := reach.NewList(ways)
//	for … {
//		err := list.Add(&contact) // the row cannot be taken
//	}
//	answer := ways.Plan(list.People())
//	rows := list.Rows(answer, &answer.Sure)
//
// Keys and plans do not need a List, so that people may be counted elsewhere, on many
// machines too: [Doubles] finds who stands there twice among rows that may be doubles of
// each other, and a [Deal] tells what becomes of a part of the rows.
//
// # What is best
//
// As many as possible are reached; of these as few as possible in a way whose price the
// book has not; and this at the least cost: gross, mark-ups included, in one currency.
// Where that leaves a choice, as few ways as possible are taken, and those that the
// book names first.
//
// Whatever is shared, the quota of a month, messages in a package, free messages, a
// bundle and the fee of a package, is shared by all. People are dealt to the ways by a
// flow of least cost; volume tiers, which make cost fall with number, are split until
// the flow is exact. Beyond twelve markets and categories with tiers that search may
// end early; then [Outcome.Bound] is what no plan costs less than.
//
// # How people are told apart
//
// People whom no rule of the day tells apart are one [Segment]. Nothing of the rules is
// known here: what a way looks at are the fields of [rules.Questions], how its checks
// come out and what it costs says [rules.Evaluate], the hours at which that may change
// are [rules.Windows].
//
// Two things are taken for granted by the rules and asked for here: WhatsApp writes to a
// phone number, and Messenger only to people who have written to the page or left it a
// token.
package reach
