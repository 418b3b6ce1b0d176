package rules

// Answer takes a scenario as JSON and returns the quote as JSON on one line, or
// {"error":{…}} and false. Every way in that speaks JSON goes through it, so
// that they all answer alike.
func Answer(scenario []byte) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario, w *jsonWriter) error {
		q, err := Evaluate(s)
		w.quoteFields(&q)
		return err
	})
}

// AnswerChanges takes a scenario as JSON and returns {"changes":[…]} on one
// line, see [Changes], or {"error":{…}} and false.
func AnswerChanges(scenario []byte, from, to Date) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario, w *jsonWriter) error {
		changes, err := Changes(s, from, to)
		w.list("changes", false, len(changes), func(i int) { w.change(&changes[i]) })
		return err
	})
}

// AnswerQuestions takes a scenario as JSON, which may still lack what it must
// have, and returns {"questions":[…]} on one line, see [Questions], or
// {"error":{…}} and false.
func AnswerQuestions(draft []byte) (answer []byte, ok bool) {
	s, err := DecodeDraft(draft)
	if err != nil {
		return errorJSON(err), false
	}
	w := jsonWriter{append(make([]byte, 0, 4096), '{')}
	questions := Questions(s)
	w.list("questions", false, len(questions), func(i int) { w.question(&questions[i]) })
	return append(w.text, "}\n"...), true
}

// answerJSON decodes a scenario and lets work write the fields of its answer.
func answerJSON(scenario []byte, work func(Scenario, *jsonWriter) error) (answer []byte, ok bool) {
	s, err := Decode(scenario)
	if err == nil {
		w := jsonWriter{append(make([]byte, 0, 4096), '{')}
		if err = work(s, &w); err == nil {
			return append(w.text, "}\n"...), true
		}
	}
	return errorJSON(err), false
}

func errorJSON(err error) []byte {
	w := jsonWriter{[]byte(`{"error":{`)}
	w.mistake(err.(*Error)) // the only kind of error that there is here
	return append(w.text, "}}\n"...)
}
