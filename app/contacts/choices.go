package contacts

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// Choices are what is sent to the people of a list, when, by whom and by which ways.
// Nothing of a file is in them.
type Choices struct {
	Purpose rules.Purpose   `json:"purpose"`
	On      rules.Date      `json:"on"`
	Ways    []Way           `json:"ways"`              // that the sender has
	Off     []Way           `json:"off,omitempty"`     // of the others, those that the sender has switched off
	Package rules.OAPackage `json:"package,omitempty"` // of the Zalo account; empty if not known

	// ZNS of tag 1 and 2 that arrived, of each month for which that is known. The two before
	// that of the day count.
	Care  []Arrived `json:",omitempty"`
	Daily *int64    `json:",omitempty"` // ZNS a day, from 1; nil if not known

	Rate    *decimal.Decimal `json:",omitempty"`        // dong for a US dollar; nil if not known
	Depends bool             `json:"depends,omitempty"` // ways that hang on something count too
}

// Arrived is how many messages arrived in a month, which is told by its first day.
type Arrived struct {
	Month rules.Date
	N     int64
}

// A Way is one of the ways of writing to people, as a sender has or has not: several
// types of messages.
type Way string

// The ways of writing to people.
const (
	ZNS       Way = "zns"
	UID       Way = "uid" // templates by user id
	OA        Way = "oa"  // messages of the Official Account, broadcasts included
	Messenger Way = "messenger"
	WhatsApp  Way = "whatsapp"
)

// Ways lists the ways in the order in which they are shown.
func Ways() []Way { return []Way{ZNS, UID, OA, Messenger, WhatsApp} }

// WayOf is the way that a type of message goes.
func WayOf(t rules.MessageType) Way {
	switch {
	case t == rules.ZNS, t == rules.ZNSFollower:
		return ZNS
	case t == rules.ZBSUID:
		return UID
	case t.Channel() == rules.ChannelMessenger:
		return Messenger
	case t.Channel() == rules.ChannelWhatsApp:
		return WhatsApp
	}
	return OA
}

// Default is what most senders choose, on a day.
func Default(on rules.Date) Choices {
	return Choices{Purpose: rules.Promotion, On: on, Ways: []Way{ZNS, UID, OA, Messenger}}
}

// Has reports whether the sender has a way.
func (c *Choices) Has(w Way) bool { return slices.Contains(c.Ways, w) }

// Switch says whether the sender has a way, by the sender's own hand: one that was switched
// off is not named again as what would reach people.
func (c *Choices) Switch(w Way, on bool) {
	c.Set(w, on)
	if !on {
		c.Off = append(c.Off, w)
	}
}

// Set says whether the sender has a way.
func (c *Choices) Set(w Way, has bool) {
	isIt := func(other Way) bool { return other == w }
	c.Ways, c.Off = slices.DeleteFunc(slices.Clone(c.Ways), isIt), slices.DeleteFunc(slices.Clone(c.Off), isIt)
	if has {
		c.Ways = append(c.Ways, w)
	}
}

// CareMonths are the first days of the two months before that of the day, the last one first.
func (c *Choices) CareMonths() (last, before rules.Date) {
	last = c.On.Month().First().AddDays(-1).Month().First()
	return last, last.AddDays(-1).Month().First()
}

// Cared is how many ZNS of tag 1 and 2 arrived in these months, and whether both are known.
func (c *Choices) Cared() (last, before int64, known bool) {
	first, second := c.CareMonths()
	lasts, befores := false, false
	for _, a := range c.Care {
		switch a.Month {
		case first:
			last, lasts = a.N, true
		case second:
			before, befores = a.N, true
		}
	}
	return last, before, lasts && befores
}

// ForgetCare forgets what arrived in a month, by its first day.
func (c *Choices) ForgetCare(month rules.Date) {
	c.Care = slices.DeleteFunc(slices.Clone(c.Care), func(a Arrived) bool { return a.Month == month })
}

// Types are the types of messages that serve the purpose on the day by the ways that
// the sender has.
func (c *Choices) Types() (types []rules.MessageType) {
	for _, kind := range rules.TypesFor(c.Purpose) {
		if available, _ := rules.Available(kind, c.On); available && c.Has(WayOf(kind)) {
			types = append(types, kind)
		}
	}
	return types
}

// Without are the types of messages that go by a way that was switched off.
func (c *Choices) Without() (types []rules.MessageType) {
	for _, kind := range rules.TypesFor(c.Purpose) {
		if slices.Contains(c.Off, WayOf(kind)) {
			types = append(types, kind)
		}
	}
	return types
}

// Config is how the people of a list are written to. A way that a sender has is one
// whose templates are approved; broadcasts are sent by hand on Zalo's own page, and so
// are answers where the package has no program for them; all else by a program.
func (c *Choices) Config() rules.ListConfig {
	config := rules.ListConfig{DependsToo: c.Depends}
	sender := &config.Sender
	sender.Tool, sender.OAPackage, sender.Country = rules.OpenAPI, c.Package, rules.Home
	if c.Daily != nil {
		sender.DailyQuota = rules.Some(*c.Daily)
	}
	if last, before, known := c.Cared(); known {
		sender.PromotionBase = rules.Some([2]int64{last, before})
	}
	if c.Rate != nil && c.Has(WhatsApp) {
		config.Pricing.Convert = rules.Some(rules.Conversion{Currency: "VND", Rates: map[string]decimal.Decimal{"USD": *c.Rate}})
	}
	for _, kind := range c.Types() {
		way := rules.ListWay{Message: rules.Message{Type: kind}}
		way.Message.Template.Approved = rules.Some(true)
		switch kind {
		case rules.ZaloBroadcast:
			way.Tool = rules.OAManagerWeb
		case rules.ZaloConsultation:
			if c.Package != "" && !rules.HasAPI(c.Package, c.On) {
				way.Tool = rules.OAManagerWeb
			}
		case rules.ZBSUID: // only templates of a certain day on can go by user id; whoever has the way has such
			way.Message.Template.ApprovedOn = c.On
		}
		config.Ways = append(config.Ways, way)
	}
	return config
}

// SampleChoices are those with which the list that is made up is shown: a sender with
// all ways, whose quota for offers by ZNS is not enough for all, and a rate.
func SampleChoices(on rules.Date) Choices {
	rate := decimal.NewFromInt(26_000)
	c := Choices{Purpose: rules.Promotion, On: on, Ways: Ways(), Rate: &rate}
	last, before := c.CareMonths()
	c.Care = []Arrived{{last, 1500}, {before, 900}}
	for _, one := range rules.OAPackages(on) {
		if c.Package == "" || one == rules.PackageGrowth {
			c.Package = one
		}
	}
	return c
}

// IsSound reports whether choices that were kept can be taken up.
func (c *Choices) IsSound() bool {
	known := slices.Contains(rules.Purposes(), c.Purpose)
	for _, w := range c.Ways {
		known = known && slices.Contains(Ways(), w)
	}
	for _, w := range c.Off {
		known = known && slices.Contains(Ways(), w) && !c.Has(w)
	}
	for _, a := range c.Care {
		known = known && a.Month == a.Month.Month().First() && 0 <= a.N && a.N <= rules.MaxCount
	}
	return known && (c.Daily == nil || *c.Daily <= rules.MaxCount) && (c.Package == "" || slices.Contains(rules.OAPackages(c.On), c.Package)) && (c.Daily == nil || *c.Daily > 0) && (c.Rate == nil || IsRate(*c.Rate))
}

// IsRate reports whether a number can be dong for a dollar.
func IsRate(d decimal.Decimal) bool {
	return d.IsPositive() && d.LessThan(decimal.NewFromInt(1_000_000)) && d.Exponent() >= -6
}
