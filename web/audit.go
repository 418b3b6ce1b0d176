package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"postage/app/bills"
	"postage/rules"
	"postage/rules/audit"
	"postage/web/protocol"
)

var auditCommand = command{
	name: "audit", operands: "BILL.json|BILL.csv|BILL.xlsx|-",
	short: "hold a bill against the book, and the same traffic on another day",
	long: `Reads a bill for messages and holds it against the book: what should each row have cost,
by how much does it differ, and what most likely is the cause. Known are Meta's answer to
pricing_analytics (JSON); a provider's table, or one's own, with day, type or category,
country or phone, count, amount and currency, as of Twilio and Gupshup; a log of single
messages (time, phone, category), which is grouped by day; and Zalo's table (kind of
template, count). Nothing leaves this machine.
What the columns are taken for is said on standard error; the configuration can name others.

Writes a CSV to standard output, a line a row of the bill in its order (of a log, a line
for each day, type and country, at its first row):
  row         as a spreadsheet counts it, 1 is the header; a record of JSON counts from 1
  on until    the days; until is empty where there is one
  type country messages currency
  billed      the amount; empty where the bill has none
  book        what it costs by the book, with the tax unless the bill says that its
              amounts are without it; a bill's currency that the book has no prices in needs
              pricing.convert with a rate in the configuration
  book_most   the most that it may cost, where the bill does not tell whether people had
              written within the window in which it is free
  agreed_most book_most with what the provider may add at the most by pricing.markupPercent
              and pricing.markupPerMessage of the configuration; empty where nothing is agreed
  difference  billed less book, or less agreed_most where it is more than that: 0 from the one
              to the other, and within 0.5 % or one unit of the bill's last decimal; where the
              cause is found at the list price, less book
  cause       of the difference, or "unknown"
  as_of as_of_most  by the book of the day of -as-of
  note        why there is no price, or why a row is unreadable
`,
	failed:  "some row was unreadable",
	prepare: prepareAudit,
}

// An auditTask is a command line that was understood.
type auditTask struct {
	bills.Options
	config        rules.ListConfig
	asOf          rules.Date
	bill, summary string
}

// prepareAudit declares the flags of audit.
func prepareAudit(flags *flag.FlagSet) work {
	t := &auditTask{}
	asOf := flags.String("as-of", "", "also price the same traffic under the rules of this `DAY`; what may not be sent then is\nlisted, not guessed")
	on := flags.String("on", "", "`DAY` YYYY-MM-DD, or month YYYY-MM, of a bill that does not say it")
	config := flags.String("config", "", "`FILE.json` with who sends, what the provider may add at the most, and columns; its schema is\nembed/v1/schema/audit-config.json of the built site")
	dates := dateFlag(flags)
	flags.StringVar(&t.summary, "summary", "", "`FILE.json` for the sums and the causes; its schema is audit-summary.json")
	flags.StringVar(&t.Sheet, "sheet", "", "`NAME` of the sheet of a workbook that has several")
	flags.StringVar(&t.Country, "country", "", "`CC` of the people of a bill that does not say it, as ISO 3166-1 alpha-2")
	return func(operands []string, s streams) (bool, error) {
		if err := t.understand(operands, *asOf, *on, *config, *dates); err != nil {
			return false, err
		}
		return t.run(s.in, s.out, s.err)
	}
}

// understand reads the file that is named, and the flags that are more than text.
func (t *auditTask) understand(operands []string, asOf, on, config, dates string) (err error) {
	if t.bill, err = oneOf(operands, "bill"); err != nil {
		return err
	}
	if asOf != "" {
		if t.asOf, err = rules.ParseDate(asOf); err != nil {
			return wrongFlag("as-of", err)
		}
	}
	if on != "" {
		if t.On, t.Until, err = dayOrMonth(on); err != nil {
			return wrongFlag("on", err)
		}
	}
	if t.Country != "" && !rules.IsCountry(t.Country) {
		return usageError{fmt.Sprintf("-country: %q is not a code of ISO 3166-1 such as VN", t.Country)}
	}
	if t.Dates, err = dateOrder(dates); err != nil {
		return err
	}
	if t.config, err = listConfig(config); err != nil {
		return err
	}
	t.Ways, t.Columns = t.config.Ways, t.config.Columns
	return nil
}

// dayOrMonth reads a day, or a month as its first and last day.
func dayOrMonth(text string) (on, until rules.Date, err error) {
	if len(text) != len("2026-09") {
		on, err = rules.ParseDate(text)
		return on, 0, err
	}
	if on, err = rules.ParseDate(text + "-01"); err != nil {
		return 0, 0, err
	}
	const longest = 31
	return on, on.AddDays(longest).Month().First().AddDays(-1), nil
}

// run holds the bill against the book, and reports whether some row was unreadable.
func (t *auditTask) run(stdin io.Reader, stdout, stderr io.Writer) (unreadable bool, err error) {
	at, size, done, err := openList(t.bill, stdin)
	if err != nil {
		return false, err
	}
	defer done()
	file, err := bills.Open(at, size, t.Options)
	if err != nil {
		return false, usageError{err.Error()}
	}
	fmt.Fprintf(stderr, "format: %s\n", file.Format)
	for i := range file.Columns {
		c := &file.Columns[i]
		use := cmp.Or(string(c.Fact), "not used")
		if c.Counts != "" {
			use = "count of " + string(c.Counts)
		}
		fmt.Fprintf(stderr, "%s %q: %s\n", c.Letters, c.Name, use)
	}
	read, err := file.Read()
	if err != nil {
		return false, err
	}
	b := &read.Bill
	b.Sender, b.Assume, b.Pricing, b.At, b.AsOf = t.config.Sender, t.config.Assume, t.config.Pricing, t.config.At, t.asOf
	report, err := audit.Audit(b)
	if err != nil {
		return false, usageError{"-config: " + err.Error()}
	}
	if err := bills.WriteLines(stdout, report, read.Unreadable, b.Tax, nil); err != nil {
		return false, err
	}
	if t.summary != "" {
		s := protocol.SummariseAudit(report, protocol.AuditSummary{
			Format: string(file.Format), Rows: read.Rows, Sums: read.Sums, Unpaid: read.Unpaid, Unreadable: int64(len(read.Unreadable)), Tax: b.Tax,
		})
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(t.summary, append(text, '\n'), 0o644); err != nil {
			return false, err
		}
	}
	return len(read.Unreadable) > 0, nil
}
