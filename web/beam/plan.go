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
	register.Function4x0(bySegment)
	register.Function3x0(countBefore)
	register.DoFn6x1[context.Context, []byte, func(*uint64, *int64) bool, func(*string, *int64) bool, func([]byte), func(uint64, uint64), error](&planFn{})
	register.DoFn7x1[context.Context, int32, func(*string) bool, func(*segmentCount) bool, func(*Double) bool, []byte, []byte, error](&writeFn{})
	register.Emitter2[int32, segmentCount]()
	register.Emitter2[uint64, uint64]()
	register.Iter1[shardCount]()
	register.Iter1[segmentCount]()
	register.Iter1[uint64]()
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
	return k.Of, shardCount{k.Shard, people}
}

func ofAll(key uint64, c shardCount) (uint64, int64) { return key, c.People }

// bySegment takes the people of a key to its segment, where that is split.
func bySegment(_ uint64, counts func(*shardCount) bool, split func(*uint64) bool, emit func(countKey, int64)) {
	var segment uint64
	if !split(&segment) {
		return
	}
	for one := (shardCount{}); counts(&one); one = (shardCount{}) {
		emit(countKey{segment, one.Shard}, one.People)
	}
}

// countBefore counts, for each shard with people of a segment, those that stand before it.
func countBefore(segment uint64, group func(*shardCount) bool, emit func(int32, segmentCount)) {
	var all []shardCount
	for one := (shardCount{}); group(&one); one = (shardCount{}) {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b shardCount) int { return cmp.Compare(a.Shard, b.Shard) })
	before := int64(0)
	for _, one := range all {
		emit(one.Shard, segmentCount{segment, before})
		before += one.People
	}
}

// A dealing is what becomes of people, for whoever writes rows.
type dealing struct {
	Segments map[reach.Key]int
	Shares   [][]reach.Share // by segment
	Ways     []string        // the cells of each
}

// planFn plans once for all people, writes the summary, and hands on the dealing, and
// the segments of the keys whose people do not all get the same.
type planFn struct{ Task Task }

func (f *planFn) ProcessElement(ctx context.Context, _ []byte, totals func(*uint64, *int64) bool, tally func(*string, *int64) bool, emit func([]byte), split func(uint64, uint64)) error {
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
		segment := answer.Segment(k)
		d.Segments[k] = segment
		if len(outcome.Shares[segment]) > 1 {
			split(uint64(k), uint64(segment))
		}
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

func (f *writeFn) ProcessElement(ctx context.Context, shard int32, paths func(*string) bool, before func(*segmentCount) bool, doubles func(*Double) bool, layoutText, dealingText []byte) error {
	is, err := decodeLayout(layoutText)
	if err != nil {
		return err
	}
	var d dealing
	if err := json.Unmarshal(dealingText, &d); err != nil {
		return err
	}
	var path string
	if !paths(&path) {
		return fmt.Errorf("shard %d has no file", shard)
	}
	deal := reach.NewDeal(d.Shares)
	for one := (segmentCount{}); before(&one); one = (segmentCount{}) {
		deal.Skip(int(one.Segment), one.People)
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
