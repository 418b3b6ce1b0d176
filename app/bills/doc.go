// Package bills reads what people are billed for messages, on the device: Meta's answer to
// pricing_analytics and other JSON that lists records, a provider's or one's own table as
// CSV or .xlsx, a log of single messages, and Zalo's table of templates.
//
// [Open] looks at a file, finds which of its columns, or of the fields of its records,
// holds which [audit.Fact], and says which [Format] it is. [File.Read] reads the rows of
// an [audit.Bill].
//
// What goes wrong is an [Error] with a code, as in package table, whose errors may stand
// in its place. A file that is none of the known formats is refused with what was found
// and what would do. Nothing that a file contains makes the package panic.
package bills
