package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"postage/app/contacts/reading"
	"postage/rules/reach"
	"postage/web/protocol"
)

func init() {
	register.Function4x0(leaveOut)
	register.Function2x2(byKey)
	register.Function2x2(ofAll)
	register.DoFn3x0[uint64, func(*shardCount) bool, func(int32, keyCount)](&beforeFn{})
	register.DoFn5x1[context.Context, []byte, func(*uint64, *int64) bool, func(*string, *int64) bool, func([]byte), error](&planFn{})
	register.DoFn7x1[context.Context, int32, func(*string) bool, func(*keyCount) bool, func(*Double) bool, []byte, []byte, error](&writeFn{})
	register.Emitter2[int32, keyCount]()
	register.Iter1[shardCount]()
	register.Iter1[keyCount]()
	register.Iter1[Double]()
	register.Iter1[string]()
	register.Iter2[uint64, int64]()
	register.Iter2[string, int64]()
}

// leaveOut takes a double from the people of its shard.
func leaveOut(shard int32, d Double, counts func(countKey, int64), tally func(string, int64)) {
	counts(countKey{d.Key, shard}, -1)
	tally(tallyDoubles, 1)
}

func byKey(k countKey, people int64) (uint64, shardCount) {
	return k.Key, shardCount{k.Shard, people}
}

func ofAll(key uint64, c shardCount) (uint64, int64) { return key, c.People }

// beforeFn counts for each shard the people of a key that the shards before it have.
type beforeFn struct{ Shards int32 }

func (f *beforeFn) ProcessElement(key uint64, group func(*shardCount) bool, emit func(int32, keyCount)) {
	people := make([]int64, f.Shards)
	for one := (shardCount{}); group(&one); one = (shardCount{}) {
		people[one.Shard] += one.People
	}
	before := int64(0)
	for shard, n := range people {
		if before > 0 {
			emit(int32(shard), keyCount{key, before})
		}
		before += n
	}
}

// A dealing is what becomes of people, for whoever writes rows.
type dealing struct {
	Segments map[reach.Key]int
	Shares   [][]reach.Share // by segment
	Ways     []string        // the cells of each
}

// planFn plans once for all people, writes the summary, and hands on the dealing.
type planFn struct{ Task Task }

func (f *planFn) ProcessElement(ctx context.Context, _ []byte, totals func(*uint64, *int64) bool, tally func(*string, *int64) bool, emit func([]byte)) error {
	task, ways, err := f.Task.prepare()
	if err != nil {
		return err
	}
	people := map[reach.Key]int64{}
	var key uint64
	var n int64
	for totals(&key, &n) {
		if n > 0 {
			people[reach.Key(key)] = n
		}
	}
	counted := map[string]int64{}
	var what string
	for tally(&what, &n) {
		counted[what] = n
	}
	answer := ways.Plan(people)
	summary, err := json.MarshalIndent(protocol.Summarise(answer, counted[tallyRows], counted[tallyDoubles], counted[tallyUnreadable]), "", "  ")
	if err != nil {
		return err
	}
	if err := writeFile(ctx, f.Task.Summary, func(to io.Writer) error {
		_, err := to.Write(append(summary, '\n'))
		return err
	}); err != nil {
		return err
	}
	outcome := answer.Outcome(task.DependsToo)
	d := dealing{map[reach.Key]int{}, outcome.Shares, reading.WayCells(outcome)}
	for k := range people {
		d.Segments[k] = answer.Segment(k)
	}
	text, err := json.Marshal(d)
	emit(text)
	return err
}

// writeFn writes what becomes of the rows of a shard.
type writeFn struct {
	reader
	Shards int32
}

func (f *writeFn) ProcessElement(ctx context.Context, shard int32, paths func(*string) bool, before func(*keyCount) bool, doubles func(*Double) bool, layoutText, dealingText []byte) error {
	var is layout
	var d dealing
	if err := json.Unmarshal(layoutText, &is); err != nil {
		return err
	}
	if err := json.Unmarshal(dealingText, &d); err != nil {
		return err
	}
	var path string
	if !paths(&path) {
		return fmt.Errorf("shard %d has no file", shard)
	}
	deal := reach.NewDeal(d.Shares)
	for one := (keyCount{}); before(&one); one = (keyCount{}) {
		deal.Skip(d.Segments[reach.Key(one.Key)], one.People)
	}
	var left []Double // doubles, in the order of the rows
	for one := (Double{}); doubles(&one); one = (Double{}) {
		left = append(left, one)
	}
	slices.SortFunc(left, func(a, b Double) int { return cmp.Compare(a.Row, b.Row) })
	return writeFile(ctx, f.Task.rowsFile(shard, f.Shards), func(to io.Writer) error {
		lines := reading.NewLines(to, d.Ways)
		if err := f.each(ctx, path, is.Columns, func(c *reach.Contact, k reach.Key, problem error) {
			row := int64(c.Row) + is.Before[shard]
			switch {
			case problem != nil:
				lines.Write(row, -1, reading.UnreadableFor(problem))
			case len(left) > 0 && left[0].Row == uint32(c.Row):
				of := left[0].Of
				lines.Write(row, -1, reach.DoubleOf(int64(rowOf(of))+is.Before[shardOf(of)]))
				left = left[1:]
			default:
				share := deal.Next(d.Segments[k])
				lines.Write(row, share.Way, share.Reason)
			}
		}); err != nil {
			return err
		}
		return lines.Flush()
	})
}
