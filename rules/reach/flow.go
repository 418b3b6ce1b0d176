package reach

import (
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// A weight is what one unit of a flow costs along an edge: a whole number of as many
// bits as the largest prices that may be given need, in two's complement. Its words,
// the lowest first, are in turn what breaks ties, money, and the messages without a
// price, so that weights compare by these in the opposite order.
type weight [weightWords]uint64

const (
	weightWords = 8
	moneyWord   = 1
	moneyWords  = 6
	lastWord    = weightWords - 1
)

func (a *weight) add(b *weight) (sum weight) {
	var carry uint64
	for i := range a {
		sum[i], carry = bits.Add64(a[i], b[i], carry)
	}
	return sum
}

func (a *weight) negative() (n weight) {
	var borrow uint64
	for i := range a {
		n[i], borrow = bits.Sub64(0, a[i], borrow)
	}
	return n
}

func (a *weight) less(b *weight) bool {
	if a[lastWord] != b[lastWord] {
		return int64(a[lastWord]) < int64(b[lastWord])
	}
	for i := lastWord - 1; i >= 0; i-- {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// A scale turns amounts of money into whole numbers.
type scale struct{ decimals int32 }

// hold makes the scale fine enough for an amount.
func (s *scale) hold(d decimal.Decimal) { s.decimals = max(s.decimals, -d.Exponent()) }

// weight is an amount, which is not less than zero, with the messages that have no
// price and what breaks ties.
func (s *scale) weight(money decimal.Decimal, unpriced, tie int64) (w weight) {
	n := money.Coefficient()
	n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(s.decimals+money.Exponent())), nil))
	var bytes [moneyWords * 8]byte
	n.FillBytes(bytes[:])
	for i := range moneyWords {
		for k := range 8 {
			w[moneyWord+i] |= uint64(bytes[len(bytes)-1-i*8-k]) << (8 * k)
		}
	}
	tied := weight{uint64(tie)}
	if tie < 0 {
		for i := 1; i < weightWords; i++ {
			tied[i] = ^uint64(0)
		}
	}
	w[lastWord] = uint64(unpriced)
	return w.add(&tied)
}

// An edge of a network. The one against it is its neighbour by number.
type edge struct {
	to, next int32
	left     int64 // that may still flow
	weight   weight
}

// A network is for the flow of most units from node 0 to node 1, and among those the
// one of least weight.
type network struct {
	first []int32 // edge of each node, -1: none
	edges []edge

	dist    []weight
	reached []bool
	queued  []bool
	by      []int32 // the edge on the best path
	queue   []int32
}

const source, sink = 0, 1

func (n *network) reset() {
	n.first, n.edges = n.first[:0], n.edges[:0]
	n.node()
	n.node()
}

func (n *network) node() int32 {
	n.first = append(n.first, -1)
	return int32(len(n.first) - 1)
}

// edge adds one, and returns its number.
func (n *network) edge(from, to int32, most int64, w weight) int32 {
	e := int32(len(n.edges))
	n.edges = append(n.edges, edge{to, n.first[from], most, w}, edge{from, n.first[to], 0, w.negative()})
	n.first[from], n.first[to] = e, e+1
	return e
}

// flow is how much flows along an edge.
func (n *network) flow(e int32) int64 { return n.edges[e^1].left }

// fill sends all that can flow, along the lightest paths.
func (n *network) fill() {
	for n.search() {
		most := int64(1) << 62
		for v := int32(sink); v != source; v = n.edges[n.by[v]^1].to {
			most = min(most, n.edges[n.by[v]].left)
		}
		for v := int32(sink); v != source; v = n.edges[n.by[v]^1].to {
			n.edges[n.by[v]].left -= most
			n.edges[n.by[v]^1].left += most
		}
	}
}

// search finds the lightest path along which anything can still flow.
func (n *network) search() bool {
	nodes := len(n.first)
	if cap(n.dist) < nodes {
		n.dist, n.reached, n.queued, n.by = make([]weight, nodes), make([]bool, nodes), make([]bool, nodes), make([]int32, nodes)
	}
	n.dist, n.reached, n.queued, n.by = n.dist[:nodes], n.reached[:nodes], n.queued[:nodes], n.by[:nodes]
	clear(n.reached)
	clear(n.queued)
	n.dist[source], n.reached[source] = weight{}, true
	n.queue = append(n.queue[:0], source)
	for head := 0; head < len(n.queue); head++ {
		v := n.queue[head]
		n.queued[v] = false
		for e := n.first[v]; e >= 0; e = n.edges[e].next {
			to := n.edges[e].to
			if n.edges[e].left == 0 || to == source {
				continue
			}
			d := n.dist[v].add(&n.edges[e].weight)
			if n.reached[to] && !d.less(&n.dist[to]) {
				continue
			}
			n.dist[to], n.reached[to], n.by[to] = d, true, e
			if !n.queued[to] && to != sink {
				n.queued[to] = true
				n.queue = append(n.queue, to)
			}
		}
		if head > 1<<12 && head*2 > len(n.queue) {
			n.queue = append(n.queue[:0], n.queue[head+1:]...)
			head = -1
		}
	}
	return n.reached[sink]
}
