package phone

import "slices"

// A pattern is a regular expression of digits, as numbering plans use them: digits, \d,
// [1-46-9], (…), (?:…), |, ?, {n}, {n,m} and $. It is our own and not regexp because the
// plans need no more, and regexp takes 0.09 MB of the browser's program.
type pattern struct {
	code   []step
	groups int
}

// A step is what is to be done next.
type step struct {
	do   stepKind
	set  uint16 // of digits, each a bit
	x, y int16  // for fork: where to go on first, and then; for jump: x; for save: x is the place
}

type stepKind uint8

const (
	stepDigit stepKind = iota
	stepFork
	stepJump
	stepSave
	stepEnd // of the text
	stepMatch
)

// groups are the stretches that matched what stands in round brackets, by number from
// 1 on; end is -1 where there is none.
type groups [4]struct{ start, end int }

// compiled makes a pattern; the empty text is the pattern without code.
func compiled(text string) pattern {
	if text == "" {
		return pattern{}
	}
	c := compiler{rest: text}
	c.alternatives()
	c.code = append(c.code, step{do: stepMatch})
	return pattern{slices.Clip(c.code), c.groups}
}

type compiler struct {
	rest   string
	code   []step
	groups int
}

func (c *compiler) accept(sign string) bool {
	if len(c.rest) < len(sign) || c.rest[:len(sign)] != sign {
		return false
	}
	c.rest = c.rest[len(sign):]
	return true
}

func (c *compiler) at() int16 { return int16(len(c.code)) }

// insert puts a step in front of those from a place on.
func (c *compiler) insert(at int16, s step) {
	for i := range c.code[at:] {
		moved := &c.code[int(at)+i]
		if moved.do == stepFork || moved.do == stepJump {
			moved.x++
			moved.y++
		}
	}
	c.code = slices.Insert(c.code, int(at), s)
}

func (c *compiler) alternatives() {
	start := c.at()
	c.sequence()
	if !c.accept("|") {
		return
	}
	c.insert(start, step{do: stepFork})
	jump := c.at()
	c.code = append(c.code, step{do: stepJump})
	c.code[start].x, c.code[start].y = start+1, c.at()
	c.alternatives()
	c.code[jump].x = c.at()
}

func (c *compiler) sequence() {
	for c.rest != "" && c.rest[0] != '|' && c.rest[0] != ')' {
		start := c.at()
		c.one()
		c.repeat(start)
	}
}

// one compiles what a sign of repetition can stand behind.
func (c *compiler) one() {
	switch {
	case c.accept("(?:"):
		c.alternatives()
		c.accept(")")
	case c.accept("("):
		c.groups++
		n := int16(c.groups)
		c.code = append(c.code, step{do: stepSave, x: 2 * n})
		c.alternatives()
		c.accept(")")
		c.code = append(c.code, step{do: stepSave, x: 2*n + 1})
	case c.accept(`\d`):
		c.code = append(c.code, step{set: 1<<10 - 1})
	case c.accept("$"):
		c.code = append(c.code, step{do: stepEnd})
	case c.accept("["):
		set := uint16(0)
		for !c.accept("]") {
			first, last := c.rest[0]-'0', c.rest[0]-'0'
			if c.rest[1] == '-' {
				last = c.rest[2] - '0'
				c.rest = c.rest[2:]
			}
			c.rest = c.rest[1:]
			for d := first; d <= last; d++ {
				set |= 1 << d
			}
		}
		c.code = append(c.code, step{set: set})
	default:
		c.code = append(c.code, step{set: 1 << (c.rest[0] - '0')})
		c.rest = c.rest[1:]
	}
}

// repeat makes of what was compiled from a place on as many as a sign says.
func (c *compiler) repeat(start int16) {
	least, most := 1, 1
	switch {
	case c.accept("?"):
		least = 0
	case c.accept("{"):
		least = c.number()
		if most = least; c.accept(",") {
			most = c.number()
		}
		c.accept("}")
	default:
		return
	}
	unit := slices.Clone(c.code[start:])
	c.code = c.code[:start]
	var forks []int16
	for i := range most {
		if i >= least {
			forks = append(forks, c.at())
			c.code = append(c.code, step{do: stepFork, x: c.at() + 1})
		}
		by := c.at() - start
		for _, s := range unit {
			if s.do == stepFork || s.do == stepJump {
				s.x += by
				s.y += by
			}
			c.code = append(c.code, s)
		}
	}
	for _, f := range forks {
		c.code[f].y = c.at()
	}
}

func (c *compiler) number() (n int) {
	for c.rest != "" && '0' <= c.rest[0] && c.rest[0] <= '9' {
		n = n*10 + int(c.rest[0]-'0')
		c.rest = c.rest[1:]
	}
	return n
}

// matchesAll reports whether a number is one of the pattern from end to end.
func (p *pattern) matchesAll(number string) bool {
	if p.code == nil {
		return number == ""
	}
	_, ok := run(p.code, 0, number, 0, true, nil)
	return ok
}

// matchStart returns how many digits at the start are one of the pattern.
func (p *pattern) matchStart(number string, g *groups) (end int, ok bool) {
	if g != nil {
		for i := range g {
			g[i].end = -1
		}
	}
	return run(p.code, 0, number, 0, false, g)
}

func run(code []step, at int16, number string, i int, whole bool, g *groups) (end int, ok bool) {
	for {
		s := &code[at]
		switch s.do {
		case stepDigit:
			if i == len(number) || s.set>>(number[i]-'0')&1 == 0 {
				return 0, false
			}
			i++
			at++
		case stepFork:
			if end, ok := run(code, s.x, number, i, whole, g); ok {
				return end, true
			}
			at = s.y
		case stepJump:
			at = s.x
		case stepSave:
			if g == nil {
				at++
				continue
			}
			before := *g
			if n := s.x / 2; s.x%2 == 0 {
				g[n].start = i
			} else {
				g[n].end = i
			}
			if end, ok := run(code, at+1, number, i, whole, g); ok {
				return end, true
			}
			*g = before
			return 0, false
		case stepEnd:
			if i != len(number) {
				return 0, false
			}
			at++
		default:
			return i, !whole || i == len(number)
		}
	}
}
