package bills

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"postage/app/table"
	"postage/rules"
	"postage/rules/audit"
)

// words/vi.txt, en.txt and ru.txt are what columns and cells of bills are called, a file
// for each language; all of them count at once. The keys:
//
//	FACT              names of a column with that fact, the likeliest first
//	not FACT          words that show that a name is of something else
//	named type        names of a column with the type, whatever its cells say
//	media             what cells below such a name say of the form of a message, not of its type
//	count TYPE        names of a column that counts messages of that type
//	type TYPE         what a cell says for it; TYPE may end in -international
//	token TYPE        a word in a longer text that says it, where no other type's is there
//	said TYPE         what people call it who send by WhatsApp; elsewhere it is the name of a template
//	stop              words in a longer text that show that it is about something else
//	abroad            words in a longer text for the international rate
//	zalo TYPE         the same as type, where the bill is Zalo's
//	kind KIND         of a template
//	tag N             of a ZNS
//	channel NAME      zalo, zns, zbs-uid, whatsapp, messenger
//	charge TOLD       charged, window, entry-point; free, where it is not said why
//	undelivered       what a status says of a message that is not paid
//	incoming          what a direction says of a message from people
//	total             what a row of sums begins with
//	sum               types that are sums of others
//	fee               types that are about no messages
//	currency CODE     words and signs for it
//	included excluded what the name of a column says of the tax
//
//go:embed words/*.txt
var wordFiles embed.FS

// languages are those that bills are read in. Codes and mixed languages are read in any.
var languages = [...]string{"vi", "en", "ru"}

// A meaning is what a word of a cell stands for.
type meaning struct{ key, value string }

// A vocabulary is all words, folded.
type vocabulary struct {
	names    map[audit.Fact][]string
	not      map[audit.Fact][]string
	named    []string          // names of a column with the type, whatever its cells, the likeliest first
	counts   map[string]string // types by names of columns
	cells    map[string]map[string]string
	signs    []meaning // signs of currencies, which are not folded, the longest first
	included []string
	excluded []string
}

var vocabularyOf = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{names: map[audit.Fact][]string{}, not: map[audit.Fact][]string{}, counts: map[string]string{}, cells: map[string]map[string]string{}}
	for _, language := range languages {
		text, err := wordFiles.ReadFile("words/" + language + ".txt")
		if err != nil {
			panic("bills: " + err.Error())
		}
		for line := range strings.Lines(string(text)) {
			if key, words, ok := strings.Cut(line, " = "); ok && line[0] != '#' {
				for word := range strings.SplitSeq(words, "|") {
					v.add(key, strings.TrimSpace(word))
				}
			}
		}
	}
	slices.SortFunc(v.signs, func(a, b meaning) int { return len(b.key) - len(a.key) })
	return v
})

func (v *vocabulary) add(key, word string) {
	kind, of, ofOne := strings.Cut(key, " ")
	folded := table.Fold(strings.ToLower(word))
	if !ofOne && slices.Contains(audit.Facts(), audit.Fact(key)) {
		v.names[audit.Fact(key)] = append(v.names[audit.Fact(key)], folded)
		return
	}
	switch kind {
	case "not":
		v.not[audit.Fact(of)] = append(v.not[audit.Fact(of)], folded)
	case "named":
		v.named = append(v.named, folded)
	case "count":
		v.counts[folded] = of
	case "included":
		v.included = append(v.included, folded)
	case "excluded":
		v.excluded = append(v.excluded, folded)
	default:
		if kind == "currency" && folded == "" || kind == "currency" && strings.ContainsAny(word, "$€₫₹đ") {
			v.signs = append(v.signs, meaning{strings.ToLower(word), of})
		}
		if folded == "" {
			return
		}
		if v.cells[kind] == nil {
			v.cells[kind] = map[string]string{}
		}
		v.cells[kind][folded] = of
	}
}

// cell is what a cell means for one of the keys.
func (v *vocabulary) cell(kind string, cell []byte) (value string, ok bool) {
	const longest = 80
	if len(cell) > longest {
		return "", false
	}
	value, ok = v.cells[kind][table.FoldCell(cell)]
	return value, ok
}

// international ends the words for a type at the international rate.
const international = "-international"

// typeOf reads the type of a message. Zalo's words count where the bill is Zalo's.
func typeOf(cell []byte, zalo bool) (m rules.MessageType, abroad rules.Opt[bool], ok bool) {
	v := vocabularyOf()
	word, known := "", false
	if zalo {
		word, known = v.cell("zalo", cell)
	}
	if !known {
		word, known = v.cell("type", cell)
	}
	if !known {
		text := rules.MessageType(strings.ToLower(strings.TrimSpace(string(cell))))
		if text.Channel() != "" {
			return text, abroad, true
		}
		return v.typeIn(cell)
	}
	if plain, international := strings.CutSuffix(word, international); international {
		return rules.MessageType(plain), rules.Some(true), true
	}
	return rules.MessageType(word), abroad, true
}

// typeIn finds a type in a longer text, such as "WhatsApp - Marketing template (VN)".
func (v *vocabulary) typeIn(cell []byte) (m rules.MessageType, abroad rules.Opt[bool], ok bool) {
	const longest = 80
	if len(cell) > longest {
		return "", abroad, false
	}
	text := " " + table.Fold(strings.ToLower(string(cell))) + " "
	has := func(word string) bool { return strings.Contains(text, " "+word+" ") }
	for word := range v.cells["stop"] {
		if has(word) {
			return "", abroad, false
		}
	}
	for word, of := range v.cells["token"] {
		if !has(word) {
			continue
		}
		if m != "" && m != rules.MessageType(of) {
			return "", abroad, false
		}
		m = rules.MessageType(of)
	}
	for word := range v.cells["abroad"] {
		if m == rules.WhatsAppAuthentication && has(word) {
			abroad = rules.Some(true)
		}
	}
	return m, abroad, m != ""
}

// templateIn reads a cell such as "ZNS hậu mãi ưu đãi": a channel of templates, and words for
// the kind and the tag of one, the others empty; ok is false where anything else stands there.
func (v *vocabulary) templateIn(cell []byte) (channel, kind, tag string, ok bool) {
	const longest = 80
	if len(cell) > longest {
		return "", "", "", false
	}
	told := map[string]string{}
	for words := strings.Fields(table.Fold(strings.ToLower(string(cell)))); len(words) > 0; {
		n, what, of := v.longestOf(words, "channel", "kind", "tag")
		switch was := told[what]; {
		case n == 0 || was != "" && was != of && was != "zalo" && of != "zalo":
			return "", "", "", false
		case was != "" && of == "zalo": // "ZNS Zalo" and "Zalo ZNS" are ZNS
			of = was
		}
		told[what] = of
		words = words[n:]
	}
	channel = told["channel"]
	return channel, told["kind"], told["tag"], channel == "zns" || channel == "zbs-uid"
}

// longestOf finds the most of the first words that stand for something of one of the keys.
func (v *vocabulary) longestOf(words []string, keys ...string) (n int, key, of string) {
	for n = len(words); n > 0; n-- {
		text := strings.Join(words[:n], " ")
		for _, key = range keys {
			if of, ok := v.cells[key][text]; ok {
				return n, key, of
			}
		}
	}
	return 0, "", ""
}

func factNames() string {
	var list []string
	for _, f := range audit.Facts() {
		list = append(list, string(f))
	}
	return strings.Join(list, ", ")
}
