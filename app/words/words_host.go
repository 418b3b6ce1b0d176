//go:build !js

package words

import (
	"embed"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// The texts of a language are the files <code>/*.txt; those of the page with the plan, and
// of the best ways, are in <code>/plan, those of the pages with a file, the list of contacts
// and the bill, in <code>/list, those of the pages that need no program in <code>/static. Outside a browser all of
// them are part of the program.

//go:embed vi en ru
var wordFiles embed.FS

// File returns the texts of a language that the browser's program needs, as
// the file that the page loads beside it: a line "key=text" for each, in the
// order of the keys. The names and values of rules are not among them, wherever
// they stand: the Rules page alone has them.
func File(code string) []byte { return file(readTexts(wordsOf(code))) }

// PlanFile returns those of the program of the page with the plan.
func PlanFile(code string) []byte { return file(readTexts(wordsOf(code) + wordsOf(code+"/plan"))) }

// ListFile returns those of the program of the pages with a file: the texts in <code>/list
// are for it alone. It speaks of the best ways too.
func ListFile(code string) []byte {
	return file(readTexts(wordsOf(code) + wordsOf(code+"/plan") + wordsOf(code+"/list")))
}

func file(texts map[string]string) []byte {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if strings.HasPrefix(key, "rule.") || strings.HasPrefix(key, "fact.") {
			continue
		}
		b.WriteString(key + "=" + texts[key] + "\n")
	}
	return []byte(b.String())
}

// wordsOf returns the text files of a folder, one after the other.
func wordsOf(folder string) string {
	names, err := fs.Glob(wordFiles, path.Join(folder, "*.txt"))
	if err != nil || len(names) == 0 {
		panic("words: no words in " + folder)
	}
	var b strings.Builder
	for _, name := range names {
		data, err := wordFiles.ReadFile(name)
		if err != nil {
			panic("words: " + err.Error())
		}
		b.Write(data)
		b.WriteByte('\n')
	}
	return keepTogether(b.String())
}

// What must not come apart at the end of a line: the groups of a number, a
// number and its sign, and a dash and the word before it. In the files they
// stand with plain spaces, which can be seen and typed.
var (
	inNumbers     = regexp.MustCompile(`(\d) (\d{3}\b)`)
	behindNumbers = regexp.MustCompile(`([\d}]) ([₫$€₽%]|US\$|г\.)`)
)

func keepTogether(texts string) string {
	for range 2 { // matches do not overlap: "1 024 000" is two
		texts = inNumbers.ReplaceAllString(texts, "$1"+NoBreakSpace+"$2")
	}
	texts = behindNumbers.ReplaceAllString(texts, "$1"+NoBreakSpace+"$2")
	return strings.ReplaceAll(texts, " – ", NoBreakSpace+"– ")
}

var loadedLanguages = sync.OnceValue(func() map[string]*Language {
	loaded := map[string]*Language{}
	for _, code := range Codes {
		texts := readTexts(wordsOf(code) + wordsOf(code+"/plan") + wordsOf(code+"/list") + wordsOf(code+"/static"))
		loaded[code] = &Language{code, texts}
	}
	return loaded
})

// IfLoaded returns a language by its code, nil if there is none.
func IfLoaded(code string) *Language { return loadedLanguages()[code] }

func Load(_ string, loaded func(ok bool)) { loaded(true) }
