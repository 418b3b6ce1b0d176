package rules

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// What a new fact can easily get wrong, and nothing but its own case would show.

// worse are the questions to which yes is the worse answer.
var worse = []string{"message.promotional", "message.automated"}

// asksChecks reports whether a field is a question to whose answer checks look.
func asksChecks(f *Field) bool {
	return f.Kind == KindYesNo && !strings.HasPrefix(f.Path, "pricing.") && !slices.Contains(worse, f.Path)
}

// TestYesNeverMakesACheckWorse: a check asks for what has to be so, so that one
// that is turned round is named, with the fact that it looks at.
func TestYesNeverMakesACheckWorse(t *testing.T) {
	order := map[Outcome]int{Fail: 0, Unknown: 1, Pass: 2}
	r := rand.New(rand.NewPCG(7, 11))
	compared := map[string]int{}
	told := map[string]bool{}
	for _, kind := range messageKinds {
		for _, on := range ChangeDays(0, 99991231) {
			for range 2 {
				s := draw(r, kind.id, on)
				for i := range allFields {
					f := &allFields[i]
					if !asksChecks(f) {
						continue
					}
					set(f.value(&s, &s.Audience[0]), true)
					yes, err := Evaluate(s)
					if err != nil {
						continue
					}
					set(f.value(&s, &s.Audience[0]), false)
					no, err := Evaluate(s)
					if err != nil {
						continue
					}
					for c, check := range yes.Segments[0].Checks {
						if other := no.Segments[0].Checks[c]; order[check.Outcome] < order[other.Outcome] {
							if name := check.Code + " " + f.Path; !told[name] {
								told[name] = true
								t.Errorf("%s on %s: the check %s is %s where %s is true, and %s where it is false", kind.id, on, check.Code, check.Outcome, f.Path, other.Outcome)
							}
						} else if check.Outcome != other.Outcome {
							compared[f.Path]++
						}
					}
				}
			}
		}
	}
	for i := range allFields {
		if f := &allFields[i]; asksChecks(f) && compared[f.Path] == 0 {
			t.Errorf("no check hangs on %s", f.Path)
		}
	}
}

// TestEachCheckCitesARuleOfItsOwn: one that cites the rule of another shows its day
// and its sources.
func TestEachCheckCitesARuleOfItsOwn(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 13))
	cited := map[string]string{} // the code of the check, by its rule
	for _, kind := range messageKinds {
		for _, on := range ChangeDays(0, 99991231) {
			for range 4 {
				q, err := Evaluate(draw(r, kind.id, on))
				if err != nil {
					continue
				}
				for _, check := range q.Segments[0].Checks {
					if code := cited[check.Rule]; check.Rule != "" && code != "" && code != check.Code {
						t.Errorf("the checks %s and %s both cite %s", code, check.Code, check.Rule)
					}
					cited[check.Rule] = check.Code
				}
			}
		}
	}
	if len(cited) < 20 {
		t.Errorf("only %d rules are cited", len(cited))
	}
}

// TestFieldsAreWhereAndAsTheyAreDeclared: each field points to a member of the
// struct that has its type, no two to the same, and what may be unknown is stored
// so.
func TestFieldsAreWhereAndAsTheyAreDeclared(t *testing.T) {
	var s Scenario
	var g Segment
	taken := map[uintptr]string{}
	for i := range allFields {
		f := &allFields[i]
		value := reflect.ValueOf(f.value(&s, &g))
		of, base := reflect.TypeOf(s), uintptr(unsafe.Pointer(&s))
		if f.ofSegment() {
			of, base = reflect.TypeOf(g), uintptr(unsafe.Pointer(&g))
		}
		if !holds(of, value.Pointer()-base, value.Type().Elem()) {
			t.Errorf("%s is declared to be a %s at %d of %s, where there is none", f.Path, value.Type().Elem(), f.at, of)
		}
		if other := taken[value.Pointer()]; other != "" {
			t.Errorf("%s and %s are declared to be in the same place", f.Path, other)
		}
		taken[value.Pointer()] = f.Path
		if want := map[Kind]storage{KindYesNo: storedOptBool, KindFlag: storedBool}; f.stored != want[f.Kind] && (f.Kind == KindYesNo || f.Kind == KindFlag) {
			t.Errorf("%s is of the kind %s and not stored as one", f.Path, f.Kind)
		}
	}
}

// holds reports whether a struct has a member of a type at an offset, in itself or
// in a struct in it. What is kept as a string may have a name of its own.
func holds(of reflect.Type, at uintptr, want reflect.Type) bool {
	if at == 0 && (of == want || want.Kind() == reflect.String && of.Kind() == reflect.String) {
		return true
	}
	if of.Kind() != reflect.Struct {
		return false
	}
	for i := range of.NumField() {
		if f := of.Field(i); f.Offset <= at && at < f.Offset+f.Type.Size() && holds(f.Type, at-f.Offset, want) {
			return true
		}
	}
	return false
}
