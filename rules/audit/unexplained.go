package audit

import (
	"slices"

	"github.com/shopspring/decimal"
)

// unexplained are the rows of a currency that no cause explains yet, and by how much they
// differ.
type unexplained struct {
	rows   []RowReport
	only   []group           // of each row, what it is about alone
	scope  []int             // the rows that were compared and that no cause explains yet
	worst  []int             // the same, those that differ most first
	place  []int             // of each row among those that differ most
	off    []decimal.Decimal // how much each row of the scope differs, from zero up
	sample []int             // of these, those by which causes are looked for
	sent   map[group]int64   // messages of all rows of a type to a country
	drawn  map[group]weights // of the sample
	whole  map[group]weights // of the scope
}

// weights are rows by which candidates are weighed.
type weights struct {
	rows []int           // those that differ most first
	all  decimal.Decimal // the sum of their differences, each from zero up
}

// rank puts the rows that differ most first. What a row that no cause explains differs by
// stays as it is.
func (u *unexplained) rank() {
	u.worst = slices.Clone(u.scope)
	slices.SortStableFunc(u.worst, func(x, y int) int { return u.off[y].Cmp(u.off[x]) })
	u.place = make([]int, len(u.rows))
	for at, i := range u.worst {
		u.place[i] = at
	}
}

// weightsOf are some rows, the sample or the scope, as candidates are weighed by them.
func (u *unexplained) weightsOf(rows []int) (w weights) {
	w.rows = slices.Clone(rows)
	slices.SortFunc(w.rows, func(x, y int) int { return u.place[x] - u.place[y] })
	for _, i := range rows {
		w.all = w.all.Add(u.off[i])
	}
	return w
}

// ofWhole are likewise the rows of a group among all that no cause explains yet.
func (u *unexplained) ofWhole(g group) weights { return u.kept(u.whole, g, u.scope) }

// ofSample are likewise those of the sample.
func (u *unexplained) ofSample(g group) weights { return u.kept(u.drawn, g, u.sample) }

// kept are the weights of a group among some rows, worked out once.
func (u *unexplained) kept(known map[group]weights, g group, rows []int) weights {
	w, ok := known[g]
	if !ok {
		w = u.weightsOf(u.in(g, rows))
		known[g] = w
	}
	return w
}

// in are those of some rows that are of a group.
func (u *unexplained) in(g group, rows []int) []int {
	if g == (group{}) {
		return rows
	}
	var list []int
	for _, i := range rows {
		if (g.kind == "" || u.only[i].kind == g.kind) && (g.country == "" || u.only[i].country == g.country) {
			list = append(list, i)
		}
	}
	return list
}

// draw picks the rows by which causes are looked for: of very many those that differ
// most, and some of the others, as they stand.
func (u *unexplained) draw() {
	const most = 2000
	u.sample, u.drawn, u.whole = u.scope, map[group]weights{}, map[group]weights{}
	if len(u.scope) <= most {
		return
	}
	u.sample = slices.Clone(u.worst[:most/2])
	rest := slices.Clone(u.worst[most/2:])
	slices.Sort(rest)
	for n := range most / 2 {
		u.sample = append(u.sample, rest[n*len(rest)/(most/2)])
	}
	slices.Sort(u.sample)
	u.sample = slices.Compact(u.sample)
}

// messages is how many messages a bill has of a group, in all months.
func (u *unexplained) messages(g group) int64 {
	if u.sent == nil {
		u.sent = map[group]int64{}
		for i := range u.rows {
			u.sent[u.only[i]] += u.rows[i].Row.Messages()
		}
	}
	return u.sent[g]
}
