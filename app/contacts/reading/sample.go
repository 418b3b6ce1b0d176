package reading

import (
	"strconv"
	"strings"

	"postage/rules"
)

// SampleSize is how many people are in the list that is made up.
const SampleSize = 2000

// SampleList is a list of people who do not exist, as a shop might export it for a day
// of sending: CSV with the names of columns and the cells in a language. It has people for every way
// and for every reason why there is none, a few who stand there twice, and some rows
// that cannot be read. It is the same each time.
func SampleList(lang string, on rules.Date) []byte {
	var b strings.Builder
	said, ok := sampleWords[lang]
	if !ok {
		said = sampleWords["vi"]
	}
	b.WriteString(said.header + "\n")
	d := dice(20261129)
	for n := range SampleSize {
		b.WriteString(strings.Join(person(n, on, &said, &d), ","))
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// A said is what the list says in a language.
type said struct{ header, yes, no, never, noPhone string }

var sampleWords = map[string]said{
	"vi": {yes: "có", no: "không", never: "chưa từng", noPhone: "chưa có số", header: "Họ tên,SĐT,zalo_id,Quan tâm OA,Tương tác OA gần nhất,ZNS gần nhất,FB gần nhất,Đăng ký FB,WhatsApp gần nhất,Đồng ý WhatsApp,Khu vực"},
	"en": {yes: "yes", no: "no", never: "never", noPhone: "no number yet", header: "Name,Phone,zalo_id,Follows OA,Last OA interaction,Last ZNS,Last Facebook message,Messenger opt-in,Last WhatsApp message,WhatsApp opt-in,Area"},
	"ru": {yes: "да", no: "нет", never: "никогда", noPhone: "номера нет", header: "Имя,Телефон,zalo_id,Подписан на OA,Последнее взаимодействие с OA,Последнее ZNS,Последнее сообщение Facebook,Подписка Messenger,Последнее сообщение WhatsApp,Согласие WhatsApp,Район"},
}

// A dice is a small generator of numbers, which need not be good but the same each time.
type dice uint32

func (d *dice) throw(sides int) int {
	*d = *d*1664525 + 1013904223
	return int(*d>>8) % sides
}

// one takes one of a list.
func (d *dice) one(list ...string) string { return list[d.throw(len(list))] }

// person is a row of the list. What kind of person follows from the number.
func person(n int, on rules.Date, said *said, d *dice) []string {
	name := d.one("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ") + " " +
		d.one("Thị", "Văn", "Minh", "Ngọc", "Thu", "Đức") + " " + d.one("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khanh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Trang", "Uyên", "Vy")
	phone := d.one("090", "091", "097", "098", "032", "086", "070") + digits(1_000_000+n*37%9_000_000, 7)
	uid := digits(3_829_104_400_000_000+n*7919, 16)
	ago := func(least, most int) string { return day(on.AddDays(-(least + d.throw(most-least+1)))) }
	at := func(least, most int) string {
		return ago(least, most) + " " + digits(8+d.throw(12), 2) + ":" + digits(d.throw(60), 2)
	}
	no, yes, never := said.no, said.yes, said.never
	follows, zalo, care, page, token, whatsapp, optedIn := no, never, no, never, no, never, no
	const kinds = 40
	switch k := n % kinds; {
	case k < 9: // follows the account
		follows, zalo = yes, at(1, 300)
		if k < 3 {
			care = ago(5, 170)
		}
	case k < 20: // bought, and had a ZNS
		uid, care = "", ago(3, 160)
	case k < 23: // wrote to the account, but does not follow it
		zalo = at(2, 200)
		if k == 20 {
			phone = ""
		}
	case k < 26: // has signed up for notifications
		phone, uid, page, token = "", "", at(2, 90), yes
	case k == 26: // has just written to the page
		phone, uid, page = "", "", day(on)+" 07:1"+strconv.Itoa(d.throw(10))
	case k == 27: // wrote to the page long ago
		phone, uid, page = "", "", at(5, 200)
	case k < 30: // on WhatsApp
		uid, whatsapp, optedIn = "", at(3, 100), yes
	case k == 30: // has just written on WhatsApp
		uid, whatsapp = "", day(on)+" 07:1"+strconv.Itoa(d.throw(10))
	case k < 34: // only a number, and no ZNS for long
		uid, care = "", ago(200, 600)
	case k == 34: // only a number, and never a ZNS
		uid = ""
	case k == 35: // abroad
		uid, optedIn = "", yes
		phone = "+65 8" + digits(1_000_000+n*41, 7)
	case k == 36: // silent for more than a year
		phone, zalo = "", at(380, 700)
	case k == 37: // nothing but a name
		phone, uid, follows = "", "", ""
	case k == 38: // stands here twice: the number is that of somebody before
		uid, care = "", ago(10, 100)
		phone = "090" + digits(1_000_000+(n%3)*37%9_000_000, 7)
	default: // cannot be read
		uid, page, token = "", "", ""
		phone = d.one("09123", said.noPhone, "0912 34x 678", "8.49123E+10")
	}
	return []string{name, phone, uid, follows, zalo, care, page, token, whatsapp, optedIn, d.one("Hà Nội", "TP.HCM", "Đà Nẵng", "Cần Thơ", "Hải Phòng")}
}

// digits are the last so many digits of a number.
func digits(n, places int) string {
	s := strconv.Itoa(n)
	if len(s) < places {
		s = strings.Repeat("0", places-len(s)) + s
	}
	return s[len(s)-places:]
}

// day writes a day as people in Vietnam do.
func day(on rules.Date) string {
	year, month, d := on.Split()
	return digits(d, 2) + "/" + digits(month, 2) + "/" + strconv.Itoa(year)
}
