// Package audit holds a bill for messages against the book: what each of its rows should
// have cost, by how much it differs, and what most likely is the cause.
//
// A [Row] is what somebody read from a bill: a day, what was sent, how many, and the
// amount. [Audit] works the rows in the order of their days, each as a scenario of one
// [rules.Series], so that free messages and volume tiers are counted through the month.
// The same traffic is priced under the rules of another day if one is named.
//
// Where nobody knows when people last wrote, and a message that is free inside a window
// may have been one, the book's amount is a range. An amount is right if it is within
// half a per cent of the book's or within one unit of the bill's last decimal.
//
// What is agreed with the provider (mark-ups of [Bill.Pricing]) is what may be added at the
// most. An amount is right from the list price up to that price with all of it; what is
// more counts from there, what is less from the list price. Causes are looked for at the
// list price and with what is agreed; where one is found at the list price the difference
// is that from the list price, for nothing was added. [Cause.Added] says which of the two it
// was.
//
// The causes that are looked for are those of [Code]. Each is tried as a whole: what
// would the rows of a message type, of a country or of the bill have cost that way? It
// counts where it explains 95 % of the sum of the differences of all those rows, the
// rows that are right included: one that would make a right row wrong is none. The one
// that explains most is taken, then the rest is looked at again. What no cause explains
// is left unexplained.
//
// Beside the causes [Sum.Flat] is the price of each message where all of them cost the same,
// though the book has several prices for them. Single rows may then fit the price of another
// market or a round mark-up by chance: with [Bill.FlatTold] neither is looked for.
package audit
