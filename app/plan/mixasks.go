package plan

import (
	"maps"
	"slices"
	"strings"

	"postage/app/form"
	"postage/app/report"
	"postage/rules"
)

// An asking is questions of a message type that are answered together: the paths of one
// field, and of what has to be typed or ticked for the same check.
type asking struct {
	kind  rules.MessageType
	paths string // apart by spaces
}

// IsTyped reports whether a question is answered by typing or ticking, which ends with a
// press; else a word answers it at once.
func IsTyped(q form.Question) bool {
	switch q.Kind {
	case form.AskYesNo, form.AskChoice, form.AskHours:
		return false
	}
	return true
}

// questions are those that stand together; none where the type does not ask them.
func (t MixTeller) questions(a asking) (list []report.Question) {
	r := t.as(a.kind)
	for _, path := range strings.Fields(a.paths) {
		for _, q := range r.Form.Questions() {
			pair := strings.HasPrefix(q.Path, path+"[") // of one field
			if (q.Path == path || pair) && q.Kind != form.AskTargets {
				list = append(list, report.Question{Report: r, Q: q})
			}
		}
	}
	for _, q := range list {
		if typed, ok := t.typed[q.Q.Path]; ok {
			r.Form.Set(q.Q.Path, typed)
		}
	}
	return list
}

// Open are the first questions whose answers would settle what a way hangs on, none where
// there are none.
func (t MixTeller) Open() []report.Question {
	if t.Mix.Depends == nil {
		return nil
	}
	for g := range t.Mix.Depends.Groups {
		way := t.open(g)
		if way == nil {
			continue
		}
		for _, c := range way.Open() {
			if a := t.together(way.Type, c.Needs); a.paths != "" {
				return t.questions(a)
			}
		}
	}
	return nil
}

// together are the questions of a check that are to be asked next: one that a word
// answers, or all that are typed. Those that were answered are not among them, also as
// long as the answer is being worked out.
func (t MixTeller) together(kind rules.MessageType, needs []string) asking {
	a := asking{kind: kind}
	for _, path := range needs {
		list := t.questions(asking{kind, path})
		if len(list) == 0 || t.isSaid(kind, path) {
			continue
		}
		if !IsTyped(list[0].Q) {
			if a.paths == "" {
				return asking{kind, path}
			}
			continue
		}
		a.paths = strings.TrimSpace(a.paths + " " + path)
	}
	return a
}

func (m *Mixing) isSaid(kind rules.MessageType, path string) bool {
	return slices.ContainsFunc(m.said, func(a asking) bool {
		return a.kind == kind && slices.Contains(strings.Fields(a.paths), path)
	})
}

// Said are the questions that were answered here, as far as they are still asked, with
// those that stand together in one list.
func (t MixTeller) Said() (list [][]report.Question) {
	for _, a := range t.said {
		if q := t.questions(a); len(q) > 0 {
			list = append(list, q)
		}
	}
	return list
}

// Wrong is what is wrong with what was typed at a path, empty where nothing is.
func (t MixTeller) Wrong(q report.Question) string {
	for _, m := range t.wrong {
		if m.Path == q.Q.Path {
			return q.Report.MistakeText(m)
		}
	}
	return ""
}

// Type keeps what is typed at a path until it is said.
func (m *Mixing) Type(path, typed string) {
	if m.typed == nil {
		m.typed = map[string]string{}
	}
	m.typed[path] = typed
}

// Say answers a question by a word; an empty answer leaves it open again.
func (m *Mixing) Say(q report.Question, answer string) {
	q.Report.Form.Set(q.Q.Path, answer)
	m.take([]report.Question{q}, answer == "")
}

// SayTyped answers questions that stand together by what was typed; where all of them are
// empty they are open again. It reports whether they can be used: where not, [MixTeller.Wrong]
// says why.
func (m *Mixing) SayTyped(list []report.Question) bool {
	f := list[0].Report.Form
	empty := true
	for _, q := range list {
		if typed, ok := m.typed[q.Q.Path]; ok {
			f.Set(q.Q.Path, typed)
		}
		empty = empty && f.Get(q.Q.Path) == ""
	}
	_, mistakes := f.Scenario()
	m.wrong = slices.DeleteFunc(mistakes, func(wrong form.Mistake) bool {
		return !slices.ContainsFunc(list, func(q report.Question) bool { return q.Q.Path == wrong.Path })
	})
	if half := f.HalfPair(); half != "" {
		m.wrong = append(m.wrong, form.Mistake{Path: half, Key: "misfit.pair"})
	}
	first := list[0].Q.Path
	if f.Get(first) == "" && len(m.wrong) == 0 && (!empty || !m.IsSaid(list[0])) {
		m.wrong = append(m.wrong, form.Mistake{Path: first, Key: "mistake.required"})
	}
	if len(m.wrong) > 0 {
		return false
	}
	for _, q := range list {
		delete(m.typed, q.Q.Path)
	}
	m.take(list, empty)
	return true
}

// FirstWrong is the path of the first answer that cannot be used.
func (m *Mixing) FirstWrong() string { return m.wrong[0].Path }

// IsSaid reports whether a question was answered here.
func (m *Mixing) IsSaid(q report.Question) bool {
	return m.isSaid(q.Report.Form.Kind(), fieldOf(q.Q.Path))
}

// fieldOf is the path of the field of which a question asks a part, or all.
func fieldOf(path string) string {
	if strings.HasSuffix(path, "]") {
		path = path[:strings.LastIndex(path, "[")]
	}
	return path
}

// take takes the answers out of the form in which the questions stand.
func (m *Mixing) take(list []report.Question, open bool) {
	f := list[0].Report.Form
	a := asking{kind: f.Kind()}
	said, _ := f.Scenario()
	m.Asked.Audience, m.Asked.Assume = slices.Clone(m.Asked.Audience), maps.Clone(m.Asked.Assume) // of others too
	for _, q := range list {
		path := fieldOf(q.Q.Path)
		if !slices.Contains(strings.Fields(a.paths), path) {
			a.paths = strings.TrimSpace(a.paths + " " + path)
			m.keep(a.kind, path, said.Get(path))
		}
	}
	switch at := slices.Index(m.said, a); {
	case open:
		m.said = slices.DeleteFunc(slices.Clone(m.said), func(other asking) bool { return other == a })
	case at < 0:
		m.said = append(m.said[:len(m.said):len(m.said)], a)
	}
}

// keep keeps the answer to a question of a type. What is said of a message holds on its
// platform alone.
func (m *Mixing) keep(kind rules.MessageType, path string, value any) {
	platform := kind.Platform()
	if platform == m.Asked.Message.Type.Platform() || !strings.HasPrefix(path, "message.") {
		m.Asked.Set(path, value)
		return
	}
	m.elsewhere = maps.Clone(m.elsewhere) // of a search that is still going on
	if m.elsewhere == nil {
		m.elsewhere = map[string]map[string]any{}
	}
	said := maps.Clone(m.elsewhere[platform])
	if said == nil {
		said = map[string]any{}
	}
	said[path] = value
	m.elsewhere[platform] = said
}

// MoveTo looks at another day, written 2006-01-02; a message that is not there on it
// becomes what serves the same purpose then. Where that cannot be, all stays as it is and
// the key of the text that says why is returned.
func (m *Mixing) MoveTo(day string) (wrong string) {
	on, err := rules.ParseDate(day)
	if err != nil {
		return "mistake.date"
	}
	s := m.Asked
	s.On = on
	if s.Validate() != nil {
		message, ok := rules.MessageFor(m.Purpose, s.Message.Type, on)
		if s = s.As(message); !ok || s.Validate() != nil {
			return "mistake.date"
		}
	}
	m.Asked = s
	return ""
}
