package filing

import (
	"slices"
	"strings"

	"postage/app/files"
	"postage/app/words"
	"postage/rules"
)

// WrongText says what is wrong with a file or a row: as the page says it, or the list.
func (f *File) WrongText(w *files.Wrong) string {
	l := f.Words()
	keys := append(f.own("list.wrong."+w.Code), f.own("list.wrong."+files.Internal)...)
	return l.First(keys, "row", l.Number(int64(w.Row)), "column", w.Column, "found", w.Found, "most", l.Number(w.Most))
}

// TypeName is a type as it stands among others.
func TypeName(w *words.Language, kind rules.MessageType) string {
	if kind.Platform() == rules.ZNS.Platform() {
		return w.First([]string{"mix.name." + string(kind), "type." + string(kind)})
	}
	return w.TypeName(kind)
}

// ReasonText says why something cannot be sent, by the codes of the checks that fail or
// are unknown.
func ReasonText(w *words.Language, kind rules.MessageType, codes []string) string {
	return joined(w, "list.not.", kind, codes)
}

// NeedText says what would have to be.
func NeedText(w *words.Language, kind rules.MessageType, codes []string) string {
	return joined(w, "list.need.", kind, codes)
}

// saidBy are the codes whose texts say what that of another one says too: a number tells
// the country, and who follows an account has a user id there.
var saidBy = map[string]string{"country": "identity", "identity": "follow"}

// joined are the texts of codes of checks, as they are for a type.
func joined(w *words.Language, section string, kind rules.MessageType, codes []string) string {
	var parts []string
	for _, code := range codes {
		if said, ok := saidBy[code]; ok && slices.Contains(codes, said) {
			continue
		}
		q := rules.Quote{Message: kind}
		parts = append(parts, w.First(words.CheckKeys(section+code, &q, &rules.Check{})))
	}
	return strings.Join(parts, ", ")
}

// Capital makes the first letter large.
func Capital(text string) string {
	for i, r := range text {
		if i == 0 {
			return strings.ToUpper(string(r)) + text[len(string(r)):]
		}
	}
	return text
}
