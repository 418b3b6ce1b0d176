package main

import (
	"cmp"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"postage/rules/reach"
)

func init() {
	register.Function5x0(meetByUID)
	register.Function4x0(meetByPhone)
	register.Function3x0(keyByPhone)
	register.Function3x0(keyByUID)
	register.Function3x0(unite)
	register.Function3x0(findOpen)
	register.Function2x0(keyByComponent)
	register.Function5x0(settle)
	register.Function3x0(settleRest)
	register.Emitter1[uint64]()
	register.Emitter2[uint64, Entry]()
	register.Emitter2[uint64, bool]()
	register.Emitter2[bool, Entry]()
	register.Emitter2[int32, Double]()
	register.Iter1[Entry]()
	register.Iter1[bool]()
}

// findDoubles finds the rows that are doubles, by shard.
//
// Whether a row is one depends on rows with its number and, where a row without a number
// has the same user id, on those with its user id too. Where no user id does that, rows
// with the same number, or the same user id, decide among themselves. The others are
// tied: they hang together through several numbers and user ids, and are decided
// together.
func findDoubles(s beam.Scope, ofUID, ofPhone beam.PCollection) beam.PCollection {
	byUID, phoned, tied := beam.ParDo3(s, meetByUID, beam.GroupByKey(s, ofUID))
	byPhone, more := beam.ParDo2(s, meetByPhone, beam.GroupByKey(s, beam.Flatten(s, ofPhone, phoned)))
	tied = beam.Flatten(s, tied, more)
	for range rounds {
		tied = uniteBy(s, keyByPhone, tied)
		tied = uniteBy(s, keyByUID, tied)
	}
	open := beam.Flatten(s, openBy(s, keyByPhone, tied), openBy(s, keyByUID, tied))
	settled, rest := beam.ParDo2(s, settle, beam.CoGroupByKey(s, beam.ParDo(s, keyByComponent, tied), open))
	last := beam.ParDo(s, settleRest, beam.GroupByKey(s, rest))
	return beam.Flatten(s, byUID, byPhone, settled, last)
}

// rounds is how often tied rows learn from those with their number and then from those
// with their user id what they hang together with. Two suffice unless four numbers and
// user ids or more hang together in a row; those are left to one worker.
const rounds = 2

// meetByUID looks at the rows with a user id. Where no row of them has a number they
// decide among themselves; where all have one the user id does not matter.
func meetByUID(_ string, group func(*Entry) bool, double func(int32, Double), phoned func(string, Entry), tied func(Entry)) {
	rows := collect(group)
	withPhone := 0
	for i := range rows {
		if rows[i].Phone != 0 {
			withPhone++
		}
	}
	if withPhone == 0 {
		decide(rows, double)
		return
	}
	for _, e := range rows {
		if e.Tied = withPhone < len(rows); !e.Tied {
			e.UID = ""
		}
		if e.Phone == 0 {
			tied(e)
		} else {
			phoned(e.phone(), e)
		}
	}
}

// meetByPhone looks at the rows with a number. They decide among themselves unless one
// of them is tied.
func meetByPhone(_ string, group func(*Entry) bool, double func(int32, Double), tied func(Entry)) {
	rows := collect(group)
	if !slices.ContainsFunc(rows, func(e Entry) bool { return e.Tied }) {
		decide(rows, double)
		return
	}
	for _, e := range rows {
		tied(e)
	}
}

func collect(group func(*Entry) bool) (rows []Entry) {
	for e := (Entry{}); group(&e); e = (Entry{}) {
		rows = append(rows, e)
	}
	return rows
}

// decide finds the doubles among rows that do not hang on others.
func decide(rows []Entry, double func(int32, Double)) {
	if len(rows) < 2 {
		return
	}
	slices.SortFunc(rows, func(a, b Entry) int { return cmp.Compare(a.Place, b.Place) })
	identities := make([]reach.Identity, len(rows))
	for i := range rows {
		identities[i] = reach.Identity{Phone: reach.Phone(rows[i].Phone), UID: rows[i].UID, Rank: rows[i].Rank}
	}
	for i, of := range reach.Doubles(identities) {
		if of >= 0 {
			double(shardOf(rows[i].Place), Double{rowOf(rows[i].Place), rows[of].Place, rows[i].Key})
		}
	}
}

// keyByPhone parts tied rows into those with a number, by that, and those without.
func keyByPhone(e Entry, keyed func(string, Entry), without func(Entry)) {
	if e.Phone == 0 {
		without(e)
	} else {
		keyed(e.phone(), e)
	}
}

// keyByUID does the same by user id.
func keyByUID(e Entry, keyed func(string, Entry), without func(Entry)) {
	if e.UID == "" {
		without(e)
	} else {
		keyed(e.UID, e)
	}
}

// uniteBy gives tied rows with the same number or user id the same component.
func uniteBy(s beam.Scope, key any, tied beam.PCollection) beam.PCollection {
	keyed, without := beam.ParDo2(s, key, tied)
	return beam.Flatten(s, beam.ParDo(s, unite, beam.GroupByKey(s, keyed)), without)
}

func unite(_ string, group func(*Entry) bool, emit func(Entry)) {
	rows := collect(group)
	least := leastComponent(rows)
	for _, e := range rows {
		e.Component = least
		emit(e)
	}
}

func leastComponent(rows []Entry) uint64 {
	return slices.MinFunc(rows, func(a, b Entry) int { return cmp.Compare(a.Component, b.Component) }).Component
}

// openBy finds the components of rows that hang together with rows of another.
func openBy(s beam.Scope, key any, tied beam.PCollection) beam.PCollection {
	keyed, _ := beam.ParDo2(s, key, tied)
	return beam.ParDo(s, findOpen, beam.GroupByKey(s, keyed))
}

func findOpen(_ string, group func(*Entry) bool, open func(uint64, bool)) {
	rows := collect(group)
	least := leastComponent(rows)
	found := map[uint64]bool{}
	for i := range rows {
		if c := rows[i].Component; c != least {
			found[c], found[least] = true, true
		}
	}
	for c := range found {
		open(c, true)
	}
}

func keyByComponent(e Entry, emit func(uint64, Entry)) { emit(e.Component, e) }

// settle decides the rows of a component, but leaves those of an open one.
func settle(_ uint64, group func(*Entry) bool, open func(*bool) bool, double func(int32, Double), rest func(bool, Entry)) {
	rows := collect(group)
	if is := false; !open(&is) {
		decide(rows, double)
		return
	}
	for _, e := range rows {
		rest(true, e)
	}
}

// settleRest decides the rows of all open components together.
func settleRest(_ bool, group func(*Entry) bool, double func(int32, Double)) {
	decide(collect(group), double)
}
