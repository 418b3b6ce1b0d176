package rules

// AnswerPlan takes a plan as JSON and returns the [PlanQuote] as JSON on one line,
// or {"error":{…}} and false. Every way in that speaks JSON goes through it.
func AnswerPlan(plan []byte) (answer []byte, ok bool) {
	p, err := DecodePlan(plan)
	if err != nil {
		return errorJSON(err), false
	}
	q, err := EvaluatePlan(p)
	if err != nil {
		return errorJSON(err), false
	}
	w := jsonWriter{append(make([]byte, 0, 1<<14), '{')}
	w.planQuote(&q)
	return append(w.text, "}\n"...), true
}

func (w *jsonWriter) planQuote(q *PlanQuote) {
	w.string("verdict", string(q.Verdict))
	w.bool("priced", q.Priced)
	w.counts(q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged)
	w.list("items", q.Items == nil, len(q.Items), func(i int) { w.itemQuote(&q.Items[i]) })
	w.list("days", q.Days == nil, len(q.Days), func(i int) {
		d := &q.Days[i]
		w.string("on", d.On.String())
		w.int("item", int64(d.Item))
		w.string("verdict", string(d.Verdict))
		w.int("deliverable", d.Deliverable)
		w.totals(d.Totals)
		w.intIf("overQuota", d.OverQuota)
	})
	w.list("months", q.Months == nil, len(q.Months), func(i int) { w.planMonth(&q.Months[i]) })
	w.totals(q.Totals)
	w.converted(q.Converted)
	if len(q.Balance) > 0 {
		w.object("balance", func() {
			for _, currency := range sortedNames(q.Balance) {
				b := q.Balance[currency]
				w.object(currency, func() {
					w.decimal("left", b.Left)
					w.stringIf("runsOut", b.RunsOut.String())
				})
			}
		})
	}
	w.notices(q.Notices)
}

func (w *jsonWriter) itemQuote(q *ItemQuote) {
	w.string("name", q.Name)
	w.int("occurrences", q.Occurrences)
	w.string("first", q.First.String())
	w.string("last", q.Last.String())
	w.string("verdict", string(q.Verdict))
	w.bool("priced", q.Priced)
	w.counts(q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged)
	w.totals(q.Totals)
	w.list("checks", q.Checks == nil, len(q.Checks), func(i int) {
		w.string("on", q.Checks[i].On.String())
		w.check(&q.Checks[i].Check)
	})
}

func (w *jsonWriter) planMonth(m *PlanMonth) {
	w.string("month", m.Month.String())
	w.totals(m.Totals)
	w.list("lines", m.Lines == nil, len(m.Lines), func(i int) {
		w.string("currency", m.Lines[i].Currency)
		w.line(&m.Lines[i].Line)
	})
	w.key("used")
	w.raw("{")
	u := &m.Used
	for _, one := range [...]struct {
		name string
		use  *Use
	}{
		{"includedMessages", u.IncludedMessages}, {"promotion", u.Promotion}, {"freeService", u.FreeService},
		{"freeConversations", u.FreeConversations}, {"bundle", u.Bundle},
	} {
		if one.use != nil {
			w.object(one.name, func() {
				w.int("used", one.use.Used)
				w.int("limit", one.use.Limit)
			})
		}
	}
	w.raw("}")
}

// MarshalJSON writes the plan as [DecodePlan] reads it, without what was not given.
func (p Plan) MarshalJSON() ([]byte, error) {
	w := jsonWriter{append(make([]byte, 0, 1024), '{')}
	w.list("items", false, len(p.Items), func(i int) {
		item := &p.Items[i]
		s := p.Scenario(i, item.On)
		w.declared(itemFields[:1], nil, item)
		w.fields(ownFields[:1], &s, nil)
		w.declared(itemFields[1:3], nil, item)
		w.fields(ownFields[1:2], &s, nil)
		w.sent(&s)
		w.declared(itemFields[3:], nil, item)
	})
	w.shared(&Scenario{Sender: p.Sender.Sender, Assume: p.Assume, Pricing: p.Pricing.Pricing}, &p)
	w.object("balance", func() { w.amounts(p.Balance) })
	w.raw("}")
	return w.text, nil
}

// declared writes what is given of the fields that a plan has beside those of a
// scenario.
func (w *jsonWriter) declared(list []Field, p *Plan, i *PlanItem) {
	for k := range list {
		if value := list[k].InPlan(p, i); given(value) {
			w.key(list[k].name())
			w.value(&list[k], value)
		}
	}
}
