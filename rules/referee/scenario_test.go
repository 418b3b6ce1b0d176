package referee

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// A scenario is what is asked. Days are texts, which compare as days do.
type scenario struct {
	On           string            `json:"on"`
	At           string            `json:"at"`
	Message      message           `json:"message"`
	Audience     []segment         `json:"audience"`
	PerRecipient *json.Number      `json:"perRecipient"`
	Sender       sender            `json:"sender"`
	Assume       map[string]string `json:"assume"`
	Pricing      pricing           `json:"pricing"`
}

type message struct {
	Type        string       `json:"type"`
	Promotional *bool        `json:"promotional"`
	Automated   *bool        `json:"automated"`
	Tag         *json.Number `json:"tag"`
	Template    template     `json:"template"`
}

type template struct {
	Kind          string          `json:"kind"`
	Approved      *bool           `json:"approved"`
	ApprovedOn    string          `json:"approvedOn"`
	PublicService bool            `json:"publicService"`
	Buttons       json.RawMessage `json:"buttons"`
	Image         bool            `json:"image"`
	Price         string          `json:"price"`
}

type sender struct {
	Tool                   string         `json:"tool"`
	APIVersion             string         `json:"apiVersion"`
	OAPackage              string         `json:"oaPackage"`
	IncludedMessages       *json.Number   `json:"includedMessages"`
	IncludePackageFee      bool           `json:"includePackageFee"`
	DailyQuota             *json.Number   `json:"dailyQuota"`
	OldDailyQuota          *json.Number   `json:"oldDailyQuota"`
	ContentLevel           *json.Number   `json:"contentLevel"`
	ExtraConditionsMet     *bool          `json:"extraConditionsMet"`
	PromotionBase          []*json.Number `json:"promotionBase"`
	FirstPromotionMonth    bool           `json:"firstPromotionMonth"`
	PromotionSentThisMonth *json.Number   `json:"promotionSentThisMonth"`
	ChargedThisMonth       *json.Number   `json:"chargedThisMonth"`
	FreeServiceUsed        *json.Number   `json:"freeServiceUsed"`
	FreeConversationsUsed  *json.Number   `json:"freeConversationsUsed"`
	PhoneNumbers           *json.Number   `json:"phoneNumbers"`
	Exempt                 bool           `json:"exempt"`
	MessagingLimit         *json.Number   `json:"messagingLimit"`
	InternationalAuth      bool           `json:"internationalAuth"`
	Country                string         `json:"country"`
	BillingCurrency        string         `json:"billingCurrency"`
	NewsPage               *bool          `json:"newsPage"`
}

type segment struct {
	Name                  string          `json:"name"`
	Recipients            *json.Number    `json:"recipients"`
	Country               string          `json:"country"`
	UID                   *bool           `json:"uid"`
	Phone                 *bool           `json:"phone"`
	Follows               *bool           `json:"follows"`
	Consents              *bool           `json:"consents"`
	OptedIn               *bool           `json:"optedIn"`
	HoursSinceInteraction json.RawMessage `json:"hoursSinceInteraction"`
	Interactions          *json.Number    `json:"interactions"`
	FreeUsed              *json.Number    `json:"freeUsed"`
	ReceivedThisMonth     *json.Number    `json:"receivedThisMonth"`
	CareWithin6Months     *bool           `json:"careWithin6Months"`
	FreeEntryPoint        bool            `json:"freeEntryPoint"`
	DeliveredPercent      *json.Number    `json:"deliveredPercent"`
}

type pricing struct {
	FallbackPerMessage string `json:"fallbackPerMessage"`
	Incoming           struct {
		Messages   *json.Number `json:"messages"`
		PerMessage string       `json:"perMessage"`
	} `json:"incoming"`
	MarkupOnFree *bool `json:"markupOnFree"`
	Bundle       struct {
		Messages *json.Number `json:"messages"`
		Fee      string       `json:"fee"`
	} `json:"bundle"`
	MarkupPercent    string `json:"markupPercent"`
	MarkupPerMessage string `json:"markupPerMessage"`
	MonthlyFee       string `json:"monthlyFee"`
	TaxPercent       string `json:"taxPercent"`
	Convert          *struct {
		Currency string            `json:"currency"`
		Rates    map[string]string `json:"rates"`
	} `json:"convert"`
}

func read(text []byte) (s scenario, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err = d.Decode(&s)
	return s, err
}

// number reads an amount or a share: an exact fraction.
func number(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(fmt.Sprintf("%q is no number", text))
	}
	return r
}

// amount reads an amount that may not have been given, which adds nothing.
func amount(text string) *big.Rat {
	if text == "" {
		return new(big.Rat)
	}
	return number(text)
}

// count reads a whole number, or what it is where it was not given.
func count(n *json.Number, absent int64) int64 {
	if n == nil {
		return absent
	}
	if whole, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
		return whole
	}
	return number(n.String()).Num().Int64() // 1e3, 10.0
}

// reading is the value chosen for a contested fact.
func (s *scenario) reading(id, unchosen string) string {
	if chosen, ok := s.Assume[id]; ok {
		return chosen
	}
	return unchosen
}

func (s *scenario) each() int64 { return count(s.PerRecipient, 1) }

func (s *scenario) is(types ...string) bool {
	return slices.ContainsFunc(types, func(t string) bool {
		return t == s.Message.Type || strings.HasSuffix(t, "*") && strings.HasPrefix(s.Message.Type, strings.TrimSuffix(t, "*"))
	})
}

// between reports whether the day of sending is one from first to last, both
// inclusive; an empty day is no bound.
func (s *scenario) between(first, last string) bool {
	return s.On >= first && (last == "" || s.On <= last)
}

func (s *scenario) tag() int64 { return count(s.Message.Tag, -1) }

// isPostSale reports whether a ZNS has the tag of messages after a sale.
func (s *scenario) isPostSale() bool {
	if !s.is("zalo.zns") {
		return false
	}
	if s.On < "2024-04-16" {
		return s.tag() == 5
	}
	return s.tag() == 3
}

// quota is the daily quota of ZNS, and whether it is known.
func (s *scenario) quota() (int64, bool) {
	if s.Sender.DailyQuota != nil {
		return count(s.Sender.DailyQuota, 0), true
	}
	if s.Sender.OldDailyQuota != nil {
		return converted[count(s.Sender.OldDailyQuota, 0)], true
	}
	return 0, false
}

// converted are the daily quotas of before 2024-03-12 and what became of them.
var converted = map[int64]int64{
	500: 5000, 1000: 5000, 2000: 5000, 4000: 5000, 8000: 10_000, 16_000: 20_000, 32_000: 50_000, 64_000: 100_000,
	128_000: 500_000, 256_000: 500_000, 512_000: 500_000, 1_024_000: 500_000,
}

func (s *scenario) daysOfMonth() int64 {
	var year, month int
	fmt.Sscanf(s.On, "%d-%d", &year, &month)
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// beforeTheBook reports whether nobody knows of the day.
func (s *scenario) beforeTheBook() bool {
	switch {
	case s.is("zalo.uid.*"):
		return s.On < "2023-04-18"
	case s.is("zalo.zns"):
		return s.On < "2021-08-12"
	case s.is("messenger.standard", "messenger.confirmed-event-update", "messenger.post-purchase-update",
		"messenger.account-update", "messenger.one-time-notification"):
		return s.On < "2020-03-04"
	case s.is("whatsapp.*"):
		return s.On < "2022-02-01"
	}
	return false
}

func (g *segment) people() int64 { return count(g.Recipients, 0) }

// hours are those since the last interaction: known reports whether they were
// given, and they are nil for people who never did.
func (g *segment) hours() (hours *big.Rat, known bool) {
	switch text := string(g.HoursSinceInteraction); text {
	case "":
		return nil, false
	case "null":
		return nil, true
	default:
		return number(text), true
	}
}

// inside reports whether the last interaction is known to be at most so many
// hours ago.
func (g *segment) inside(hours int64) bool {
	since, _ := g.hours()
	return since != nil && since.Cmp(big.NewRat(hours, 1)) <= 0
}

// arriving is a number of messages less those that do not arrive.
func (g *segment) arriving(of int64) int64 {
	if g.DeliveredPercent == nil {
		return of
	}
	share := new(big.Rat).Mul(number(g.DeliveredPercent.String()), big.NewRat(of, 100))
	return halfUp(share, 0).Num().Int64()
}

// halfUp rounds what is not negative to so many decimals.
func halfUp(r *big.Rat, decimals int) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	twice := new(big.Int).Mul(new(big.Int).Mul(r.Num(), scale), big.NewInt(2))
	twice.Add(twice, r.Denom())
	whole := twice.Div(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	return new(big.Rat).SetFrac(whole, scale)
}
