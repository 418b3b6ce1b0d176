package rules

// AnswerMix takes a scenario as JSON and returns the [Mix] of the purpose that it
// serves as JSON on one line, or {"error":{…}} and false.
func AnswerMix(scenario []byte) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario, w *jsonWriter) error {
		p := PurposeOf(s)
		if p == "" {
			return &Error{"message.type", Conflict, "no other type serves what this one is for"}
		}
		m, err := MixOf(s, p, nil)
		if err == nil {
			err = w.mix(&m)
		}
		return err
	})
}

func (w *jsonWriter) mix(m *Mix) error {
	w.string("purpose", string(m.Purpose))
	w.string("currency", m.Currency)
	w.list("groups", false, len(m.Groups), func(i int) {
		g := &m.Groups[i]
		w.string("name", g.Name)
		w.int("recipients", g.Recipients)
		w.list("ways", false, len(g.Ways), func(i int) { w.groupWay(&g.Ways[i]) })
	})
	err := w.blend("sure", &m.Sure)
	w.list("oneWays", false, len(m.OneWays), func(i int) {
		one := &m.OneWays[i]
		w.string("type", string(one.Type))
		w.int("deliverable", one.Quote.Deliverable)
		w.bool("priced", one.Quote.Priced)
		w.totals(one.Quote.Totals)
		w.converted(one.Quote.Converted)
	})
	if m.Depends != nil && err == nil {
		err = w.blend("depends", m.Depends)
	}
	if len(m.Rates) > 0 {
		w.strings("rates", m.Rates)
	}
	return err
}

func (w *jsonWriter) groupWay(way *GroupWay) {
	w.string("type", string(way.Type))
	w.string("verdict", string(way.Verdict))
	if way.Error != nil {
		w.object("error", func() { w.mistake(way.Error) })
		return
	}
	q := &way.Quote
	w.counts(q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged)
	w.totalIf("total", way.Total)
	if way.Unmet {
		w.bool("unmet", true)
	}
	w.totalIf("replied", way.Replied)
	w.list("checks", false, len(q.Checks), func(i int) { w.check(&q.Checks[i]) })
}

func (w *jsonWriter) totalIf(name string, t *Total) {
	if t != nil {
		w.object(name, func() { w.total(t) })
	}
}

func (w *jsonWriter) blend(name string, b *Blend) (err error) {
	w.object(name, func() {
		w.list("groups", false, len(b.Groups), func(i int) {
			g := &b.Groups[i]
			w.string("type", string(g.Type))
			w.int("item", int64(g.Item))
			w.counts(g.Quote.Requested, g.Quote.Deliverable, g.Quote.Blocked, g.Quote.Undelivered, g.Quote.Free, g.Quote.Charged)
			w.totalIf("total", g.Total)
		})
		if len(b.Plan.Items) == 0 {
			return
		}
		var plan []byte
		plan, err = b.Plan.MarshalJSON()
		w.key("plan")
		w.text = append(w.text, plan...)
		w.object("quote", func() { w.planQuote(&b.Quote) })
	})
	return err
}
