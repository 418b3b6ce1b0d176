package rules

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// A Provider is a company through which a business sends WhatsApp messages,
// with what it adds to the platform's price. Its fees fit the fields of
// [Pricing]; taxes and fees for inbound or failed messages are not among them.
type Provider struct {
	ID            string          `json:"id"`                      // never given to another provider or plan
	Name          string          `json:"name"`                    // with the plan, where there are several
	Since         Date            `json:"since"`                   // the first day on which the fees are on record
	PerMessage    decimal.Decimal `json:"perMessage"`              // for each outbound message, in Currency
	Currency      string          `json:"currency,omitempty"`      // ISO 4217; empty without such a fee
	MonthlyFee    decimal.Decimal `json:"monthlyFee"`              // for each phone number
	FeeCurrencies []string        `json:"feeCurrencies,omitempty"` // ISO 4217; the fee is the same number in each
	Percent       decimal.Decimal `json:"percent"`                 // of the platform's charge
	Unpublished   bool            `json:"unpublished,omitempty"`   // it has fees whose amounts are not known; a zero does not mean none
	AppliesToFree bool            `json:"appliesToFree"`           // PerMessage is due for messages that the platform gives free, too
	Status        Status          `json:"status"`
	Sources       []string        `json:"sources"`
}

// Providers lists the providers whose fees the book has. The caller may keep the
// list but not change what it points to.
func Providers() []Provider { return slices.Clone(theBook.providers) }

func readProviders(files folder) ([]Provider, error) {
	var providers []Provider
	err := eachRow(files, "book/providers.csv", "id,name,since,per_message,currency,monthly_fee,fee_currency,percent,applies_to_free,status,sources", func(c []string) error {
		since, err := ParseDate(c[2])
		if err != nil {
			return err
		}
		p := Provider{
			ID: c[0], Name: c[1], Since: since, Currency: c[4], FeeCurrencies: strings.Fields(c[6]),
			Unpublished: c[3] == "" || c[5] == "", AppliesToFree: c[8] == "yes", Status: Status(c[9]), Sources: strings.Fields(c[10]),
		}
		for _, amount := range []struct {
			to   *decimal.Decimal
			cell string
		}{{&p.PerMessage, c[3]}, {&p.MonthlyFee, c[5]}, {&p.Percent, c[7]}} {
			if amount.cell == "" && amount.to != &p.Percent {
				continue
			}
			if *amount.to, err = decimal.NewFromString(amount.cell); err != nil {
				return err
			}
		}
		providers = append(providers, p)
		return nil
	})
	return providers, err
}
