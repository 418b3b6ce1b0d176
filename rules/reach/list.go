package reach

import (
	"hash/maphash"
	"slices"
	"strconv"
)

// A List is people as a file has them, row by row: it finds those that stand there
// twice, and afterwards tells row by row who gets what. It keeps no row, but a few
// bytes of each.
//
// Two rows are doubles if they have the same number, or the same user id where one of
// them has no number. That is not passed on: of three rows the first may be a double of
// the second and that of the third. Rows are taken one after the other, first those of
// which most is known, among these those with the later interaction, among these the
// one that stands first; a row that is a double of one that was taken is not.
type List struct {
	ways *Ways
	keys []Key
	ids  map[Key]uint32

	rows   []int32
	key    []uint32 // of each row, by its number among the keys
	phones []Phone
	uids   []uint32 // where the text has the user id, from 1; 0: there is none
	ranks  []uint64
	text   []byte // user ids, each behind its length
	of     []uint32
}

// NewList begins a list of nobody.
func NewList(w *Ways) *List { return &List{ways: w, ids: map[Key]uint32{}} }

// Add adds the next row. The error says why the row cannot be taken; it is not one of
// the list then.
func (l *List) Add(c *Contact) error {
	k, err := l.ways.Key(c)
	if err != nil {
		return err
	}
	id, ok := l.ids[k]
	if !ok {
		id = uint32(len(l.keys))
		l.ids[k], l.keys = id, append(l.keys, k)
	}
	l.key = append(l.key, id)
	l.identify(c.Row, IdentityOf(c))
	return nil
}

// identify adds what may make a row a double.
func (l *List) identify(row int32, is Identity) {
	l.rows, l.phones, l.ranks = append(l.rows, row), append(l.phones, is.Phone), append(l.ranks, is.Rank)
	at := uint32(0)
	if n := len(is.UID); n > 0 {
		at = uint32(len(l.text) + 1)
		l.text = append(append(l.text, byte(n), byte(n>>8), byte(n>>16)), is.UID...)
	}
	l.uids = append(l.uids, at)
}

// Len is how many rows were taken.
func (l *List) Len() int { return len(l.rows) }

// An Identity is what decides whether a row is a double of another.
type Identity struct {
	Phone Phone  // zero: it has none
	UID   string // empty: it has none
	Rank  uint64 // higher for a row that is taken earlier; among equals the first of the file is
}

// IdentityOf is the identity of a contact.
func IdentityOf(c *Contact) Identity { return Identity{c.Phone, c.UID, rank(c)} }

// Doubles finds of which row each one is a double, as a [List] does; -1 where it is of
// none. The rows stand in the order of the file. Of a longer list it may be given a
// part, if no row elsewhere has a number or a user id that one of the part has.
func Doubles(rows []Identity) []int {
	l := &List{}
	for i, is := range rows {
		l.identify(int32(i), is)
	}
	l.findDoubles()
	of := make([]int, len(rows))
	for i, row := range l.of {
		of[i] = -1
		if row != noDouble {
			of[i] = int(row)
		}
	}
	return of
}

// DoubleOf is the reason of a row that is a double of another.
func DoubleOf(row int64) string { return "double of " + strconv.FormatInt(row, 10) }

// rank is higher for a contact of whom more is known, or who has the later interaction.
func rank(c *Contact) uint64 {
	known := uint64(0)
	for i := range contactFacts {
		if contactFacts[i].Known(c) {
			known++
		}
	}
	last := int64(0)
	for _, m := range [...]Moment{c.ZaloLast, c.MessengerLast, c.WhatsAppLast} {
		if m.Day() != 0 {
			last = max(last, 1+minutes(m.Day(), m.Minute()))
		}
	}
	const lastBits = 40
	return known<<lastBits | uint64(last)
}

// uid is the user id of a row.
func (l *List) uid(i uint32) []byte {
	at := l.uids[i]
	if at == 0 {
		return nil
	}
	text := l.text[at-1:]
	n := int(text[0]) | int(text[1])<<8 | int(text[2])<<16
	return text[3 : 3+n]
}

// A seen holds one row for each of some keys; what is hashed alike is compared.
type seen struct {
	slots []uint32 // rows, from 1; 0: free
	seed  maphash.Seed
}

func newSeen(rows int) seen {
	size := 16
	for size < 2*rows {
		size *= 2
	}
	return seen{make([]uint32, size), maphash.MakeSeed()}
}

// at is the slot of a key, which is free or has the row that is the same.
func (s *seen) at(key []byte, same func(row uint32) bool) *uint32 {
	for i := maphash.Bytes(s.seed, key); ; i++ {
		slot := &s.slots[i&uint64(len(s.slots)-1)]
		if *slot == 0 || same(*slot-1) {
			return slot
		}
	}
}

// noDouble stands for a row that is no double.
const noDouble = ^uint32(0)

// findDoubles finds of which row each one is a double.
func (l *List) findDoubles() {
	n := len(l.rows)
	l.of = make([]uint32, n)
	order := make([]uint32, n)
	uids := 0
	for i := range order {
		order[i], l.of[i] = uint32(i), noDouble
		if l.uids[i] != 0 {
			uids++
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		switch x, y := l.ranks[a], l.ranks[b]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return int(a) - int(b)
	})
	byPhone, byUID := newSeen(n), newSeen(uids)
	for _, i := range order {
		phone, uid := l.phones[i], l.uid(i)
		var slot, other *uint32
		if phone != 0 {
			var key [8]byte
			for k := range key {
				key[k] = byte(phone >> (8 * k))
			}
			if slot = byPhone.at(key[:], func(row uint32) bool { return l.phones[row] == phone }); *slot != 0 {
				l.of[i] = *slot - 1
				continue
			}
		}
		if uid != nil {
			other = byUID.at(uid, func(row uint32) bool { return string(l.uid(row)) == string(uid) })
			if *other != 0 && (phone == 0 || l.phones[*other-1] == 0) {
				l.of[i] = *other - 1
				continue
			}
		}
		if slot != nil {
			*slot = i + 1
		}
		if other != nil && *other == 0 {
			*other = i + 1
		}
	}
}

// People counts those of each key, without doubles.
func (l *List) People() map[Key]int64 {
	if len(l.of) != len(l.rows) {
		l.findDoubles()
	}
	counts := make([]int64, len(l.keys))
	for i, of := range l.of {
		if of == noDouble {
			counts[l.key[i]]++
		}
	}
	people := make(map[Key]int64, len(counts))
	for id, n := range counts {
		if n > 0 {
			people[l.keys[id]] = n
		}
	}
	return people
}

// Doubles is how many rows are doubles.
func (l *List) Doubles() (n int64) {
	l.People()
	for _, of := range l.of {
		if of != noDouble {
			n++
		}
	}
	return n
}

// A Rows tells of the rows of a list, in their order, what becomes of them.
type Rows struct {
	l       *List
	next    int
	segment []int // of each key
	deal    *Deal
}

// A Row is what becomes of a row.
type Row struct {
	Number int32
	Way    int    // among the ways of the outcome; -1: none
	Double int32  // the row that it is a double of; 0: none
	Reason string // why there is no way, as of [Unreached]; of a double "double of ROW"
}

// Rows goes through the rows by one of the outcomes of the answer that was planned for
// the people of the list.
func (l *List) Rows(a *Answer, o *Outcome) *Rows {
	r := &Rows{l: l, segment: make([]int, len(l.keys)), deal: NewDeal(o.Shares)}
	for id, k := range l.keys {
		r.segment[id] = a.Segment(k)
	}
	return r
}

// Next is the next row; false behind the last one.
func (r *Rows) Next() (Row, bool) {
	i := r.next
	if i == len(r.l.rows) {
		return Row{}, false
	}
	r.next++
	row := Row{Number: r.l.rows[i], Way: -1}
	if of := r.l.of[i]; of != noDouble {
		row.Double = r.l.rows[of]
		row.Reason = DoubleOf(int64(row.Double))
		return row, true
	}
	share := r.deal.Next(r.segment[r.l.key[i]])
	row.Way, row.Reason = share.Way, share.Reason
	return row, true
}
