package rules

import "slices"

// AnswerCompare takes a scenario as JSON and a purpose, the one that the scenario serves
// if empty, and returns {"purpose":…,"options":[…]} on one line, see [Compare], or
// {"error":{…}} and false. An option tells what [Answer] would, but for the lines, the
// checks that pass and the notices, and has the scenario with which to ask for those.
func AnswerCompare(scenario []byte, p Purpose) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario, w *jsonWriter) error {
		if p == "" {
			if p = PurposeOf(s); p == "" {
				return &Error{"message.type", Conflict, "no other type serves what this one is for"}
			}
		}
		if !slices.Contains(Purposes(), p) {
			return unknownWord("purpose", string(p), Purposes())
		}
		w.string("purpose", string(p))
		options := Compare(s, p, nil)
		w.list("options", false, len(options), func(i int) { writeOption(w, &options[i]) })
		return nil
	})
}

func writeOption(w *jsonWriter, o *Option) {
	w.string("type", string(o.Type))
	flag := func(name string, set bool) {
		if set {
			w.bool(name, true)
		}
	}
	flag("chosen", o.Chosen)
	w.string("verdict", string(o.Verdict()))
	flag("unmet", o.Unmet)
	flag("dropped", o.Dropped)
	if q := o.Quote; q != nil {
		w.bool("priced", q.Priced)
		w.counts(q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged)
		w.totals(q.Totals)
		w.converted(q.Converted)
		w.list("segments", false, len(q.Segments), func(i int) {
			open := slices.DeleteFunc(slices.Clone(q.Segments[i].Checks), func(c Check) bool { return c.Outcome == Pass })
			w.string("verdict", string(q.Segments[i].Verdict))
			w.list("checks", false, len(open), func(i int) { w.check(&open[i]) })
		})
	} else {
		w.object("error", func() { w.mistake(o.Error) })
	}
	w.totalIf("replied", o.Replied)
	w.object("scenario", func() { w.scenario(&o.Scenario) })
}
