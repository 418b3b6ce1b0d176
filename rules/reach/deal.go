package reach

// A Deal gives the people of each segment, one after the other, what the shares of an
// outcome have for them.
type Deal struct {
	shares [][]Share
	at     []int   // of each segment, the share that is dealt
	left   []int64 // of that
}

// NewDeal begins to deal shares by segment, as [Outcome.Shares] has them.
func NewDeal(shares [][]Share) *Deal {
	d := &Deal{shares, make([]int, len(shares)), make([]int64, len(shares))}
	for s := range shares {
		d.left[s] = shares[s][0].People
	}
	return d
}

// Next is what the next person of a segment gets. There must be one.
func (d *Deal) Next(segment int) *Share {
	d.Skip(segment, 1)
	return &d.shares[segment][d.at[segment]]
}

// Skip leaves out people of a segment whom somebody else deals to. There must be so
// many.
func (d *Deal) Skip(segment int, people int64) {
	for people > 0 {
		if d.left[segment] == 0 {
			d.at[segment]++
			d.left[segment] = d.shares[segment][d.at[segment]].People
			continue
		}
		n := min(people, d.left[segment])
		d.left[segment], people = d.left[segment]-n, people-n
	}
}
