package table

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"postage/rules/reach"
)

// eachWord calls back for every word of the lists, with the file and the key.
func eachWord(t *testing.T, each func(file, key, word string)) {
	t.Helper()
	for _, language := range []string{"vi", "en", "ru"} {
		text, err := wordFiles.ReadFile("words/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if key, words, ok := strings.Cut(line, " = "); ok && line[0] != '#' {
				for word := range strings.SplitSeq(words, "|") {
					each(language, key, fold(word))
				}
			} else if strings.TrimSpace(line) != "" && line[0] != '#' {
				t.Errorf("%s has the line %q", language, line)
			}
		}
	}
}

func TestEveryFactHasNamesInThreeLanguages(t *testing.T) {
	named := map[string]int{}
	eachWord(t, func(file, key, _ string) { named[file+" "+key]++ })
	keys := []string{"yes", "no", "unknown", "never", "last", "channel zalo", "channel messenger", "channel whatsapp", "filler", "hour", "minute", "morning", "evening"}
	for _, f := range reach.Facts() {
		keys = append(keys, f.Name)
	}
	for _, language := range []string{"vi", "en", "ru"} {
		for _, key := range keys {
			if named[language+" "+key] == 0 {
				t.Errorf("%s has no words for %s", language, key)
			}
		}
	}
	for _, language := range []string{"en", "ru"} {
		for month := 1; month <= 12; month++ {
			if named[language+" month "+strconv.Itoa(month)] == 0 {
				t.Errorf("%s has no name for the month %d", language, month)
			}
		}
	}
}

// TestNoWordMeansTwoThings: keys of which a word can be only one.
func TestNoWordMeansTwoThings(t *testing.T) {
	var facts []string
	for _, f := range reach.Facts() {
		facts = append(facts, f.Name)
	}
	inDates := []string{"morning", "evening", "hour", "second", "month", "filler"}
	for month := 1; month <= 12; month++ {
		inDates = append(inDates, "month "+strconv.Itoa(month))
	}
	meanings := map[string]map[string]bool{}
	kinds := map[string]bool{}
	eachWord(t, func(_, key, word string) {
		kind := ""
		switch {
		case slices.Contains(facts, key):
			kind = "name"
		case slices.Contains(inDates, key):
			kind = "in dates"
		case key == "yes", key == "no", key == "unknown":
			kind = "answer"
		case strings.HasPrefix(key, "country "):
			kind = "country"
		case strings.HasPrefix(key, "not "), strings.HasPrefix(key, "generic "), strings.HasPrefix(key, "channel "), strings.HasPrefix(key, "zone "), key == "last", key == "never", key == "minute":
			return
		default:
			t.Errorf("%s is no key", key)
		}
		kinds[kind] = true
		if word == "" {
			t.Errorf("%s has an empty word", key)
		}
		if meanings[kind+" "+word] == nil {
			meanings[kind+" "+word] = map[string]bool{}
		}
		meanings[kind+" "+word][key] = true
	})
	if len(kinds) != 4 {
		t.Errorf("only %v were looked at", kinds)
	}
	for line := range strings.Lines(countryNames) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		for _, name := range fields[2:] {
			word := "country " + fold(name)
			if meanings[word] == nil {
				meanings[word] = map[string]bool{}
			}
			meanings[word]["country "+fields[0]] = true
		}
	}
	for word, keys := range meanings {
		if len(keys) > 1 {
			t.Errorf("%q means %v", word, keys)
		}
	}
}

func TestNamesAreFolded(t *testing.T) {
	for name, want := range map[string]string{
		"Số điện thoại": "so dien thoai", "SỐ ĐIỆN THOẠI": "so dien thoai", "so_dien-thoai": "so dien thoai", "lastInteraction": "last interaction", "last_interaction_date": "last interaction date",
		"whatsappOptedIn": "whatsapp opted in", "Opted-In for WhatsApp": "opted in for whatsapp", "Ещё": "еще", "  A  (B) ": "a b", "": "", "ID": "id", "Tương tác gần nhất": "tuong tac gan nhat",
	} {
		if got := fold(name); got != want {
			t.Errorf("%q is %q, not %q", name, got, want)
		}
	}
}

func TestEveryKindOfFactIsLookedFor(t *testing.T) {
	for _, f := range reach.Facts() {
		if !slices.Contains(kinds, f.Kind) {
			t.Errorf("%s is of the kind %s, of which no cell is looked at", f.Name, f.Kind)
		}
	}
}
