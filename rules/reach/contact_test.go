package reach

import (
	"testing"
	"unsafe"

	"postage/rules"
)

func TestAContactIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(Contact{}); size > 80 {
		t.Errorf("a contact takes %d bytes", size)
	}
}

func TestEveryFactOfAContactIsKnownOnlyWhereItIsGiven(t *testing.T) {
	for i := range contactFacts {
		var c Contact
		for k := range contactFacts {
			if contactFacts[k].Known(&c) {
				t.Errorf("%s is known of nobody", contactFacts[k].Name)
			}
		}
		switch v := contactFacts[i].In(&c).(type) {
		case *Phone:
			*v = 84912345678
		case *string:
			*v = "u"
		case *Moment:
			*v = Never()
		case *Count:
			*v = CountOf(0)
		case *Country:
			*v = CountryOf("VN")
		case *rules.Opt[bool]:
			*v = rules.Some(false)
		}
		for k := range contactFacts {
			if contactFacts[k].Known(&c) != (k == i) {
				t.Errorf("%s is given, and known of %s is %v", contactFacts[i].Name, contactFacts[k].Name, k != i)
			}
		}
	}
}

func TestAMomentIsADayWithOrWithoutAnHour(t *testing.T) {
	day := rules.Date(20261128)
	for _, c := range []struct {
		name            string
		m               Moment
		known, never, h bool
		day             rules.Date
		minute          int
	}{
		{"nothing known", Moment{}, false, false, false, 0, 0},
		{"never", Never(), true, true, false, 0, 0},
		{"a day", On(day), true, false, false, day, 0},
		{"a minute", At(day, 61), true, false, true, day, 61},
		{"midnight", At(day, 0), true, false, true, day, 0},
		{"a minute too many", At(day, 1440), true, false, true, day, 1439},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.m.Known() != c.known || c.m.IsNever() != c.never || c.m.HasHour() != c.h || c.m.Day() != c.day || c.m.Minute() != c.minute {
				t.Errorf("%+v", c.m)
			}
		})
	}
}

func TestACountKnowsZeroFromNothing(t *testing.T) {
	if n, known := CountOf(0).Get(); n != 0 || !known {
		t.Errorf("0 is %d, %v", n, known)
	}
	if n, known := (Count{}).Get(); n != 0 || known {
		t.Errorf("nothing is %d, %v", n, known)
	}
	if n, _ := CountOf(1 << 40).Get(); n != MaxCount {
		t.Errorf("the largest is %d", n)
	}
}
