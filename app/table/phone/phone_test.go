package phone

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"postage/rules"
	"postage/rules/reach"
)

var update = flag.Bool("update", false, "write phones.txt anew")

// written are the numbering plans of libphonenumber as phones.txt has them.
func written(t *testing.T) string {
	t.Helper()
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	byRegion := map[string]*phonenumbers.PhoneMetadata{}
	var calling []int
	for _, m := range all.GetMetadata() {
		byRegion[fmt.Sprint(m.GetId(), m.GetCountryCode())] = m
		calling = append(calling, int(m.GetCountryCode()))
	}
	slices.Sort(calling)
	list := func(numbers []int32) string {
		var s []string
		for _, n := range numbers {
			s = append(s, strconv.Itoa(int(n)))
		}
		return strings.Join(s, ",")
	}
	var b strings.Builder
	for _, c := range slices.Compact(calling) {
		for _, region := range phonenumbers.GetRegionCodesForCountryCode(c) {
			m := byRegion[fmt.Sprint(region, c)]
			if m == nil {
				t.Fatalf("there is no plan of %s", region)
			}
			id := region
			if id == "001" {
				id = ""
			}
			g := m.GetGeneralDesc()
			fields := []string{strconv.Itoa(c), id, m.GetInternationalPrefix(), m.GetNationalPrefixForParsing(), m.GetNationalPrefixTransformRule(),
				m.GetLeadingDigits(), g.GetNationalNumberPattern(), list(g.GetPossibleLength()), list(g.GetPossibleLengthLocalOnly())}
			b.WriteString(strings.Join(fields, "\t") + "\n")
			var kinds []string
			for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetFixedLine(), m.GetMobile(), m.GetTollFree(), m.GetPremiumRate(), m.GetSharedCost(),
				m.GetPersonalNumber(), m.GetVoip(), m.GetPager(), m.GetUan(), m.GetVoicemail()} {
				if p := d.GetNationalNumberPattern(); p != "" && p != "NA" {
					kinds = append(kinds, "\t"+p+"\t"+list(d.GetPossibleLength())+"\n")
				}
			}
			for i, kind := range kinds {
				if !slices.Contains(kinds[:i], kind) {
					b.WriteString(kind)
				}
			}
		}
	}
	if strays := strings.Trim(b.String(), "0123456789,"); strays == "" {
		t.Fatal("there are no plans")
	}
	return b.String()
}

func TestTheNumberingPlansAreThoseOfLibphonenumber(t *testing.T) {
	want := written(t)
	if *update {
		if err := os.WriteFile("phones.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if phonePlans != want {
		t.Error("phones.txt is not what libphonenumber says: go test ./app/table/phone -run NumberingPlans -update")
	}
}

// byLibrary reads a number as nyaruka/phonenumbers does.
func byLibrary(number, country string) (reach.Phone, string, bool) {
	n, err := phonenumbers.Parse(number, country)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return 0, "", false
	}
	e164, err := strconv.ParseUint(phonenumbers.Format(n, phonenumbers.E164)[1:], 10, 64)
	if err != nil || reach.Phone(e164) > reach.MaxPhone {
		return 0, "", false
	}
	region := phonenumbers.GetRegionCodeForNumber(n)
	if region == "001" {
		region = ""
	}
	return reach.Phone(e164), region, true
}

// marketCountries are the countries that the rate cards name a market of, by way of
// the library's regions.
func marketCountries() (list []string) {
	for _, c := range rules.Countries() {
		if phonenumbers.GetCountryCodeForRegion(c) != 0 {
			list = append(list, c)
		}
	}
	return list
}

// TestPhonesAreReadAsLibphonenumberReadsThem: 100,000 random numbers of every country,
// as they are dialled from abroad, at home and from Vietnam, half of them near numbers
// that there are.
func TestPhonesAreReadAsLibphonenumberReadsThem(t *testing.T) {
	t.Parallel()
	const numbers = 100_000
	random := rand.New(rand.NewPCG(7, 11))
	digits := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('0' + random.IntN(10))
		}
		return string(b)
	}
	countries := marketCountries()
	if len(countries) < 200 {
		t.Fatalf("only %d countries have numbers", len(countries))
	}
	types := []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE, phonenumbers.VOIP,
		phonenumbers.PREMIUM_RATE, phonenumbers.UAN, phonenumbers.PERSONAL_NUMBER}
	examples := map[string][]string{}
	for _, c := range countries {
		for _, kind := range types {
			if e := phonenumbers.GetExampleNumberForType(c, kind); e != nil {
				examples[c] = append(examples[c], phonenumbers.GetNationalSignificantNumber(e))
			}
		}
	}
	valid, wrong := map[string]int{}, 0
	for i := range numbers {
		country := countries[i%len(countries)]
		if i%8 == 7 {
			country = rules.Home
		}
		calling := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(country))
		national := digits(2 + random.IntN(13))
		if e := examples[country]; i/len(countries)%4 != 0 && len(e) > 0 {
			national = e[random.IntN(len(e))]
			keep := min(len(national), 1+random.IntN(6))
			national = national[:keep] + digits(len(national)-keep)
			switch random.IntN(12) {
			case 0:
				national = national[:len(national)-1]
			case 1:
				national += digits(1)
			}
		}
		number, from := "+"+calling+national, rules.Home
		switch random.IntN(6) {
		case 0:
			number, from = phonenumbers.GetNddPrefixForRegion(country, true)+national, country
		case 1:
			number, from = national, country
		case 2:
			number = "00" + calling + national
		case 3:
			number, from = calling+national, country
		case 4:
			number = "+" + calling + phonenumbers.GetNddPrefixForRegion(country, true) + national
		}
		want, wantCountry, wantOK := byLibrary(number, from)
		bare, international := strings.CutPrefix(number, "+")
		got, gotCountry, ok := Parse(bare, international, reach.CountryOf(from))
		if wantOK {
			valid[country]++
		}
		if got != want || gotCountry.String() != wantCountry || ok != wantOK {
			if wrong++; wrong < 20 {
				t.Errorf("%s in %s: %d of %s, %v, not %d of %s, %v", number, from, got, gotCountry, ok, want, wantCountry, wantOK)
			}
		}
	}
	for _, c := range countries {
		if len(examples[c]) > 0 && valid[c] == 0 {
			t.Errorf("no number of %s was one", c)
		}
	}
	if wrong > 0 {
		t.Errorf("%d numbers are read otherwise", wrong)
	}
}

func BenchmarkOfPhones(b *testing.B) {
	vietnam := reach.CountryOf(rules.Home)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = Parse("0912345678", false, vietnam)
		}
	})
	b.Run("nyaruka/phonenumbers", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = byLibrary("0912345678", rules.Home)
		}
	})
}
