package rules

// countryCodes are the codes of ISO 3166-1 alpha-2, and XK, which calling codes
// and postal unions use for Kosovo.
const countryCodes = "" +
	"ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ" +
	"CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFR" +
	"GAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJP" +
	"KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZ" +
	"NANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURW" +
	"SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ" +
	"UAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW"

// Home is the country that is meant where none is said: that of most senders and of most
// of the people they write to, whose day is today and whose numbers are written without
// a calling code.
const Home = "VN"

// IsCountry reports whether code is a country of ISO 3166-1 alpha-2.
func IsCountry(code string) bool {
	for i := 0; i+2 <= len(countryCodes); i += 2 {
		if countryCodes[i:i+2] == code {
			return true
		}
	}
	return false
}

// Countries lists the ISO 3166-1 alpha-2 codes in alphabetical order.
func Countries() []string {
	codes := make([]string, 0, len(countryCodes)/2)
	for i := 0; i+2 <= len(countryCodes); i += 2 {
		codes = append(codes, countryCodes[i:i+2])
	}
	return codes
}
