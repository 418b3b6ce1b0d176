// Package phone reads phone numbers as libphonenumber does, in a hundredth of its bytes.
package phone

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/reach"
)

// phones.txt has the numbering plans of the world, in the order of calling codes: a
// line for each region with tabs between its calling code, its ISO code, what is
// dialled before a foreign number, what is dialled before a national one, what the
// latter turns into, the digits that tell it from others of its calling code, the
// pattern of all its numbers, their lengths and those of local ones; then a line for
// each kind of its numbers that begins with a tab, with the pattern and the lengths. A
// test writes it from the metadata of libphonenumber and holds it equal to that.
//
//go:embed phones.txt
var phonePlans string

// A phoneRegion is the numbering plan of a country, or of one that has no country.
type phoneRegion struct {
	calling  int
	digits   string // of the calling code
	country  reach.Country
	foreign  pattern // dialled before a foreign number
	national pattern // dialled before a national one
	turned   string  // what a national number with the prefix becomes; $1 is a group of it
	leading  pattern
	all      phoneKind
	local    lengths
	kinds    []phoneKind
}

type phoneKind struct {
	pattern pattern
	lengths lengths
}

// lengths are numbers of digits, each a bit.
type lengths uint32

func (l lengths) has(n int) bool { return n < 32 && l>>n&1 == 1 }

func (k *phoneKind) matches(number string) bool {
	return (k.lengths == 0 || k.lengths.has(len(number))) && k.pattern.matchesAll(number)
}

type numberingPlans struct {
	byCalling map[int][]*phoneRegion // the main region first
	byCountry map[reach.Country]*phoneRegion
}

var plans = sync.OnceValue(func() *numberingPlans {
	p := &numberingPlans{map[int][]*phoneRegion{}, map[reach.Country]*phoneRegion{}}
	var r *phoneRegion
	for line := range strings.Lines(phonePlans) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[0] == "" {
			r.kinds = append(r.kinds, phoneKind{compiled(f[1]), lengthsOf(f[2])})
			continue
		}
		calling, _ := strconv.Atoi(f[0])
		r = &phoneRegion{calling: calling, digits: f[0], country: reach.CountryOf(f[1]), foreign: compiled(f[2]), national: compiled(f[3]), turned: f[4],
			leading: compiled(f[5]), all: phoneKind{compiled(f[6]), lengthsOf(f[7])}, local: lengthsOf(f[8])}
		p.byCalling[calling] = append(p.byCalling[calling], r)
		if r.country != (reach.Country{}) {
			p.byCountry[r.country] = r
		}
	}
	return p
})

func lengthsOf(list string) (l lengths) {
	for n := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(n); err == nil && 0 < n && n < 32 {
			l |= 1 << n
		}
	}
	return l
}

// A phoneNumber is a calling code and the digits behind it.
type phoneNumber struct {
	region *phoneRegion // the first one of the calling code
	digits string
}

// phoneOf reads digits as they are dialled in a country; international, where a plus
// sign stands before them. It is what libphonenumber's parse does.
func phoneOf(digits string, international bool, country reach.Country) (n phoneNumber, ok bool) {
	p := plans()
	home := p.byCountry[country]
	if home == nil {
		home = p.byCountry[reach.CountryOf(rules.Home)]
	}
	n = phoneNumber{home, digits}
	rest, foreign := home.withoutForeign(digits)
	switch {
	case international || foreign:
		if !international {
			digits = rest
		}
		if n, ok = p.withCalling(digits); !ok {
			return n, false
		}
	default:
		if rest, is := strings.CutPrefix(digits, home.digits); is {
			stripped := home.withoutNational(rest)
			if !home.all.pattern.matchesAll(digits) && home.all.pattern.matchesAll(stripped) || home.length(digits) == tooLong {
				n.digits = stripped
			}
		}
	}
	if len(n.digits) < 2 {
		return n, false
	}
	stripped := n.region.withoutNational(n.digits)
	if l := n.region.length(stripped); l == possible || l == tooLong {
		n.digits = stripped
	}
	const most = 17 // digits behind a calling code
	return n, 2 <= len(n.digits) && len(n.digits) <= most
}

// withCalling cuts off the calling code.
func (p *numberingPlans) withCalling(digits string) (phoneNumber, bool) {
	calling := 0
	for i := 0; i < min(3, len(digits)); i++ {
		calling = calling*10 + int(digits[i]-'0')
		if calling == 0 {
			break
		}
		if regions := p.byCalling[calling]; len(regions) > 0 {
			return phoneNumber{regions[0], digits[i+1:]}, true
		}
	}
	return phoneNumber{}, false
}

func (r *phoneRegion) withoutForeign(digits string) (rest string, ok bool) {
	if r.foreign.code == nil {
		return digits, false
	}
	end, ok := r.foreign.matchStart(digits, nil)
	if !ok || end < len(digits) && digits[end] == '0' {
		return digits, false
	}
	return digits[end:], true
}

// withoutNational cuts off what is dialled before a national number, unless only what
// is left with it is a number.
func (r *phoneRegion) withoutNational(digits string) string {
	if r.national.code == nil || digits == "" {
		return digits
	}
	var g groups
	end, ok := r.national.matchStart(digits, &g)
	if !ok {
		return digits
	}
	stripped := digits[end:]
	if last := r.national.groups; r.turned != "" && last > 0 && g[last].end >= 0 {
		stripped = turn(r.turned, digits, &g) + stripped
	}
	if r.all.pattern.matchesAll(digits) && !r.all.pattern.matchesAll(stripped) {
		return digits
	}
	return stripped
}

// turn fills a rule such as 9$1 with groups.
func turn(rule, digits string, g *groups) string {
	var b strings.Builder
	for i := 0; i < len(rule); i++ {
		if rule[i] == '$' && i+1 < len(rule) {
			i++
			if n := int(rule[i] - '0'); n < len(g) && g[n].end >= 0 {
				b.WriteString(digits[g[n].start:g[n].end])
			}
			continue
		}
		b.WriteByte(rule[i])
	}
	return b.String()
}

const (
	possible = iota
	localOnly
	tooShort
	tooLong
	otherLength
)

func (r *phoneRegion) length(digits string) int {
	n := len(digits)
	least, most := 0, 0
	for l := range 32 {
		if r.all.lengths.has(l) {
			if most = l; least == 0 {
				least = l
			}
		}
	}
	switch {
	case r.local.has(n):
		return localOnly
	case r.all.lengths.has(n):
		return possible
	case n < least:
		return tooShort
	case n > most:
		return tooLong
	}
	return otherLength
}

// valid reports whether the numbering plan has the number.
func (r *phoneRegion) valid(number string) bool {
	if !r.all.matches(number) {
		return false
	}
	for i := range r.kinds {
		if r.kinds[i].matches(number) {
			return true
		}
	}
	return false
}

// place is the region of a number, nil where there is none.
func (n phoneNumber) place() *phoneRegion {
	regions := plans().byCalling[n.region.calling]
	if len(regions) == 1 {
		return regions[0]
	}
	for _, r := range regions {
		if r.leading.code != nil {
			if _, ok := r.leading.matchStart(n.digits, nil); ok {
				return r
			}
		} else if r.valid(n.digits) {
			return r
		}
	}
	return nil
}

// Parse reads digits as phoneOf does and checks that they are a number.
func Parse(digits string, international bool, country reach.Country) (reach.Phone, reach.Country, bool) {
	n, ok := phoneOf(digits, international, country)
	if !ok {
		return 0, reach.Country{}, false
	}
	r := n.place()
	if r == nil || !r.valid(n.digits) {
		return 0, reach.Country{}, false
	}
	e164, err := strconv.ParseUint(n.region.digits+n.digits, 10, 64)
	if err != nil || reach.Phone(e164) > reach.MaxPhone {
		return 0, reach.Country{}, false
	}
	return reach.Phone(e164), r.country, true
}

// Read reads a cell with a phone number as people and spreadsheets write it. Of
// several numbers it is the first; country is where one without a calling code is from.
func Read(cell []byte, country reach.Country) (reach.Phone, reach.Country, cells.Code) {
	text := strings.TrimSpace(string(cell))
	text = cells.AsText(text)
	if scientific, whole := cells.FromScientific(text); scientific {
		if whole == "" {
			return 0, reach.Country{}, cells.LostDigits
		}
		text = whole
	} else if whole, ok := strings.CutSuffix(text, ".0"); ok && cells.OnlyDigits(strings.TrimPrefix(whole, "+")) {
		text = whole // a number that a program has read as one with decimals
	}
	if phone, place, ok := ReadOne(text, country); ok {
		return phone, place, ""
	}
	for _, cut := range []func(rune) bool{betweenNumbers, func(r rune) bool { return betweenNumbers(r) || unicode.IsSpace(r) }} {
		parts := strings.FieldsFunc(strings.ReplaceAll(text, " - ", ";"), cut)
		if len(parts) == 1 && parts[0] == text {
			continue
		}
		for _, part := range parts {
			if phone, place, ok := ReadOne(part, country); ok {
				return phone, place, ""
			}
		}
	}
	return 0, reach.Country{}, cells.BadPhone
}

func betweenNumbers(r rune) bool {
	return strings.ContainsRune(",;/|\n\r\t:&", r) || unicode.IsLetter(r)
}

// ReadOne reads one number, in which blanks, points, dashes and brackets may stand.
func ReadOne(text string, country reach.Country) (reach.Phone, reach.Country, bool) {
	const most = 32
	var space [most]byte
	digits, international := space[:0], false
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits = append(digits, byte(r))
		case '０' <= r && r <= '９':
			digits = append(digits, byte(r-'０'+'0'))
		case (r == '+' || r == '＋') && len(digits) == 0:
			international = true
		case r == '-' && len(digits) == 0 && !international:
			return 0, reach.Country{}, false // a number below zero
		case strings.ContainsRune(" .-()[]/,", r), unicode.IsSpace(r), unicode.Is(unicode.Pd, r), strings.ContainsRune(cells.Unseen, r):
		default:
			return 0, reach.Country{}, false
		}
		if len(digits) == most {
			return 0, reach.Country{}, false
		}
	}
	if len(digits) < 5 {
		return 0, reach.Country{}, false
	}
	number := string(digits)
	if phone, place, ok := Parse(number, international, country); ok {
		return phone, place, ok
	}
	// Tools write numbers of all countries without a plus sign. One that has so many
	// digits is none of a city with a digit too many.
	const surely = 11
	if !international && len(number) >= surely && number[0] != '0' {
		return Parse(number, true, country)
	}
	return 0, reach.Country{}, false
}

// Calling returns the countries by their calling codes, of several the main one.
func Calling() map[string]reach.Country {
	countries := map[string]reach.Country{}
	for calling, regions := range plans().byCalling {
		if regions[0].country != (reach.Country{}) {
			countries[strconv.Itoa(calling)] = regions[0].country
		}
	}
	return countries
}
