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

const auditUsage = `usage: web audit [-as-of YYYY-MM-DD] [-config FILE.json] [-summary FILE.json] [-on YYYY-MM-DD|YYYY-MM]
                 [-country CC] [-dates dmy|mdy] [-sheet NAME] BILL.json|BILL.csv|BILL.xlsx|-

Reads a bill for messages and holds it against the book: what should each row have cost,
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
  difference  billed less book: 0 where it is within 0.5 % or one unit of the bill's last
              decimal
  cause       of the difference, or "unknown"
  as_of as_of_most  by the book of the day of -as-of
  note        why there is no price, or why a row is unreadable

-as-of    also prices the same traffic under the rules of that day; what may not be sent
          then is listed, not guessed
-config   who sends, what is agreed with the provider, and columns; its schema is
          embed/v1/schema/audit-config.json of the built site
-summary  a file for the sums and the causes; its schema is audit-summary.json
-on       the day, or the month, of a bill that does not say it
-country  of the people of a bill that does not say it, as ISO 3166-1 alpha-2
-dates    whether the day or the month stands first, where nothing in a column proves it
-sheet    the sheet of a workbook that has several

Exit status: 0 all rows were read, 1 some row was unreadable, 2 bad usage or no such bill.
`

// An auditTask is a command line that was understood.
type auditTask struct {
	bills.Options
	config        rules.ListConfig
	asOf          rules.Date
	bill, summary string
}

// auditBill holds a bill against the book.
func auditBill(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	t, err := auditArguments(args)
	unreadable := false
	if err == nil {
		unreadable, err = t.run(stdin, stdout, stderr)
	}
	return ofFile("audit", auditUsage, unreadable, err, stdout, stderr)
}

func auditArguments(args []string) (*auditTask, error) {
	t := &auditTask{}
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	asOf, on := flags.String("as-of", "", ""), flags.String("on", "", "")
	config, dates := flags.String("config", "", ""), flags.String("dates", "", "")
	flags.StringVar(&t.summary, "summary", "", "")
	flags.StringVar(&t.Sheet, "sheet", "", "")
	flags.StringVar(&t.Country, "country", "", "")
	file, err := theFile(flags, args, "bill")
	if err != nil {
		return nil, err
	}
	t.bill = file
	if *asOf != "" {
		if t.asOf, err = rules.ParseDate(*asOf); err != nil {
			return nil, wrongFlag("as-of", err)
		}
	}
	if *on != "" {
		if t.On, t.Until, err = dayOrMonth(*on); err != nil {
			return nil, wrongFlag("on", err)
		}
	}
	if t.Country != "" && !rules.IsCountry(t.Country) {
		return nil, usageError{fmt.Sprintf("-country: %q is not a code of ISO 3166-1 such as VN", t.Country)}
	}
	if t.Dates, err = dateOrder(*dates); err != nil {
		return nil, err
	}
	if t.config, err = listConfig(*config); err != nil {
		return nil, err
	}
	t.Ways, t.Columns = t.config.Ways, t.config.Columns
	return t, nil
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
	if err := bills.WriteLines(stdout, report, read.Unreadable, b.Tax); err != nil {
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
