package model

import (
	"slices"
	"sort"
	"strings"

	"postage/app/words"
	"postage/rules"
)

// A DaysOfType is the days on which a rule of a type changes that verdicts and
// prices rest on, the newest first. They are looked up once for each type.
type DaysOfType struct {
	Kind rules.MessageType
	Days []rules.Date
}

// decisive are the last names of the rules that decide verdicts and prices, as
// against those that are only told.
var decisive = strings.Fields("available price card free-messages free-window api-packages promotion-cap in-window countries tag cooldown unit care-months " +
	"price.custom price.otp price.rating price.payment price.voucher")

// ChangeDays are those of the type's own rules and of its platform's.
func ChangeDays(t rules.MessageType) []rules.Date {
	var days []rules.Date
	for owner, more := string(t), true; more; owner, _, more = words.CutLast(owner) {
		for _, name := range decisive {
			for _, d := range rules.DaysOfChange(owner + "." + name) {
				if !slices.Contains(days, d) {
					days = append(days, d)
				}
			}
		}
	}
	sort.SliceStable(days, func(i, j int) bool { return days[i] > days[j] })
	return days
}
