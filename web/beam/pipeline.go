package main

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.Function2x1(sum)
	register.Emitter2[int32, string]()
	register.Emitter2[string, int64]()
	register.Emitter2[string, Entry]()
	register.Emitter2[countKey, int64]()
	register.Emitter1[Entry]()
}

// build builds the pipeline that writes the answer to a list in some files.
func build(s beam.Scope, t *Task, files []string) {
	places := make([]int32, len(files))
	for i := range places {
		places[i] = int32(i)
	}
	// Each file is a key of its own, so that a runner can hand them out.
	shards := beam.Reshuffle(s, beam.ParDo(s, &nameFn{files}, beam.CreateList(s, places)))

	surveys := beam.ParDo(s.Scope("survey"), &surveyFn{Task: *t}, shards)
	layout := beam.ParDo(s.Scope("columns"), &layoutFn{*t, files}, beam.Impulse(s), beam.SideInput{Input: surveys})

	ofUID, ofPhone, counts, tally := beam.ParDo4(s.Scope("read"), &readFn{reader: reader{Task: *t}}, shards, beam.SideInput{Input: layout})
	doubles := findDoubles(s.Scope("doubles"), ofUID, ofPhone)

	count := s.Scope("count")
	fewer, doubled := beam.ParDo2(count, leaveOut, doubles)
	counts = beam.CombinePerKey(count, sum, beam.Flatten(count, counts, fewer))
	tally = beam.CombinePerKey(count, sum, beam.Flatten(count, tally, doubled))
	ofKey := beam.ParDo(count, byKey, counts)
	totals := beam.CombinePerKey(count, sum, beam.ParDo(count, ofAll, ofKey))

	deal, split := beam.ParDo2(s.Scope("plan"), &planFn{*t}, beam.Impulse(s), beam.SideInput{Input: totals}, beam.SideInput{Input: tally})

	write := s.Scope("write")
	ofSegment := beam.CombinePerKey(write, sum, beam.ParDo(write, bySegment, beam.CoGroupByKey(write, ofKey, split)))
	before := beam.ParDo(write, countBefore, beam.GroupByKey(write, beam.ParDo(write, byKey, ofSegment)))
	beam.ParDo0(write, &writeFn{reader: reader{Task: *t}, Shards: int32(len(files))},
		beam.CoGroupByKey(write, shards, before, doubles), beam.SideInput{Input: layout}, beam.SideInput{Input: deal})
}

// nameFn gives each shard its file.
type nameFn struct{ Files []string }

func (f *nameFn) ProcessElement(shard int32, emit func(int32, string)) { emit(shard, f.Files[shard]) }

// sum adds up counts.
func sum(a, b int64) int64 { return a + b }

// The types by which Beam knows what it hands on.
type (
	// An Entry is what may make a row a double, with what is needed if it is one.
	Entry struct {
		Place     uint64 // in the list
		Key       uint64
		Phone     uint64
		UID       string
		Rank      uint64
		Tied      bool   // whether it is a double hangs on rows with its user id too
		Component uint64 // of tied entries, the least place of those that it is known to hang together with
	}

	// A Double is a row that is a double of another.
	Double struct {
		Row uint32 // of its shard
		Of  uint64 // place
		Key uint64
	}

	// A countKey is whom people are counted by.
	countKey struct {
		Of    uint64 // a key, or the number of a segment
		Shard int32
	}

	// A shardCount is how many people of a key or a segment a shard has.
	shardCount struct {
		Shard  int32
		People int64
	}

	// A segmentCount is how many people of a segment stand before a shard.
	segmentCount struct {
		Segment uint64
		People  int64
	}
)

// placeOf is the place of a row in the list: the shard, and the row of it.
func placeOf(shard int32, row uint32) uint64 { return uint64(shard)<<rowBits | uint64(row) }

func shardOf(place uint64) int32 { return int32(place >> rowBits) }

func rowOf(place uint64) uint32 { return uint32(place) }

const rowBits = 32
