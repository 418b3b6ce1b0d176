package protocol

import "postage/rules"

// The messages between a page and the frame in it, protocol version 1. The
// frame's side is web/site/assets/frame.js, the page's postage.js beside it; from these
// types the build writes the JSON Schema and the TypeScript types that partners
// read.
//
// Every message has ns "postage", v 1 and a type, and may have an id, which the
// answer to it repeats. Messages of other namespaces and types that are not
// known are ignored; one of the namespace that is malformed is answered by an
// error.

// protocolVersion is the version of the protocol, and the v of its addresses.
const protocolVersion = 1

// A MessageID ties an answer to a question: text of up to 64 characters or a
// number, chosen by who asks.
type MessageID struct{}

// A HelloMessage opens the conversation. The frame answers nothing before it,
// and from then on only this page at its origin.
type HelloMessage struct {
	ID       MessageID `json:"id,omitzero"`
	Versions []int64   `json:"versions"`         // of the protocol that the page speaks; the highest that both do is taken
	Resize   bool      `json:"resize,omitempty"` // the page sets the frame's height from resize messages
}

// A SetMessage puts a scenario into the frame. It is answered by a quote, and a change
// follows; or by an error, and what stood there before stays. With pricing=fixed
// it is an error that the scenario has other additions to the price than the options.
type SetMessage struct {
	ID       MessageID    `json:"id,omitzero"`
	Scenario scenarioRoot `json:"scenario"`
}

// A SetPlanMessage puts a plan into the frame with the plan, as [SetMessage] puts a
// scenario into the calculator.
type SetPlanMessage struct {
	ID   MessageID `json:"id,omitzero"`
	Plan planRoot  `json:"plan"`
}

// A GetQuoteMessage asks for what stands in the frame now. It is answered by a
// quote, or by an error with the code not-answered where an input is missing or
// wrong.
type GetQuoteMessage struct {
	ID MessageID `json:"id,omitzero"`
}

// A ConfigureMessage changes the frame's options: those that it leaves out are
// taken back. It is answered by an error for each option that is wrong.
type ConfigureMessage struct {
	ID      MessageID         `json:"id,omitzero"`
	Options map[string]string `json:"options"` // as in the address of the frame
}

// A ReadyMessage answers hello: the frame is live. The errors of its options and one change
// follow.
type ReadyMessage struct {
	ID       MessageID `json:"id,omitzero"`
	Version  int64     `json:"version"`  // of the protocol that is spoken from now on
	Versions []int64   `json:"versions"` // that the frame speaks
	Lang     string    `json:"lang"`     // of the frame, BCP 47
}

// A QuoteMessage answers set and get-quote.
type QuoteMessage struct {
	ID       MessageID    `json:"id,omitzero"`
	Scenario scenarioRoot `json:"scenario"` // what stands in the frame
	Quote    quoteRoot    `json:"quote"`    // the answer to it
}

// A PlanQuoteMessage answers set and get-quote in the frame with the plan.
type PlanQuoteMessage struct {
	ID    MessageID     `json:"id,omitzero"`
	Plan  planRoot      `json:"plan"`  // what stands in the frame
	Quote planQuoteRoot `json:"quote"` // the answer to it
}

// A ChangeMessage tells what stands in the frame: once after ready, once after each set
// that was answered by a quote, and whenever the visitor or configure has changed it.
// Where an input is missing or wrong there is no quote.
type ChangeMessage struct {
	Scenario *scenarioRoot `json:"scenario,omitempty"`
	Quote    *quoteRoot    `json:"quote,omitempty"`
	Mistakes []Mistake     `json:"mistakes,omitempty"` // what is missing or wrong
}

// A PlanChangeMessage tells of the plan in the frame, as [ChangeMessage] does of a
// scenario. Where an input is missing or wrong there is no quote.
type PlanChangeMessage struct {
	Plan     *planRoot      `json:"plan,omitempty"`
	Quote    *planQuoteRoot `json:"quote,omitempty"`
	Mistakes []Mistake      `json:"mistakes,omitempty"` // what is missing or wrong
}

// A Mistake is an input that cannot be used.
type Mistake struct {
	Path    string `json:"path"`    // of the field, as in the scenario or the plan
	Message string `json:"message"` // in the language of the frame
}

// A ResizeMessage tells the height of what is in the frame.
type ResizeMessage struct {
	Height int64 `json:"height"` // CSS pixels
}

// A LeadMessage tells that the visitor asks to be contacted about this quote.
type LeadMessage struct {
	Scenario scenarioRoot `json:"scenario"`
	Quote    quoteRoot    `json:"quote"`
}

// A PlanLeadMessage tells that the visitor asks to be contacted about this plan.
type PlanLeadMessage struct {
	Plan  planRoot      `json:"plan"`
	Quote planQuoteRoot `json:"quote"`
}

// An ErrorMessage tells what was wrong with a message or an option.
type ErrorMessage struct {
	ID      MessageID `json:"id,omitzero"` // of the message, where it had one
	Code    ErrorCode `json:"code"`
	Message string    `json:"message"`        // English, for developers
	Path    string    `json:"path,omitempty"` // of the field of a scenario or a plan, or the name of an option
}

// An ErrorCode is one of those of a scenario's mistakes, or one of the frame's own.
type ErrorCode string

// The frame's own error codes.
const (
	malformed   ErrorCode = "malformed"    // not a message of this protocol
	tooLarge    ErrorCode = "too-large"    // more than 256 kB as JSON
	tooMany     ErrorCode = "too-many"     // messages came faster than they are taken; those in between are dropped
	badVersion  ErrorCode = "version"      // no version in common
	badOption   ErrorCode = "bad-option"   // an option that does not exist, or a value that it does not take
	notAnswered ErrorCode = "not-answered" // there is no quote: an input is missing or wrong, or the program has stopped
)

// A protocolMessage is a type of message with who sends it.
type protocolMessage struct {
	name string
	body any
}

var (
	hostMessages = []protocolMessage{
		{"hello", HelloMessage{}}, {"set", SetMessage{}}, {"get-quote", GetQuoteMessage{}}, {"configure", ConfigureMessage{}},
	}
	frameMessages = []protocolMessage{
		{"ready", ReadyMessage{}}, {"quote", QuoteMessage{}}, {"change", ChangeMessage{}}, {"resize", ResizeMessage{}},
		{"lead", LeadMessage{}}, {"error", ErrorMessage{}},
	}
	// With the frame that shows a plan a page speaks in the same way, of plans.
	planHostMessages = []protocolMessage{
		{"hello", HelloMessage{}}, {"set", SetPlanMessage{}}, {"get-quote", GetQuoteMessage{}}, {"configure", ConfigureMessage{}},
	}
	planFrameMessages = []protocolMessage{
		{"ready", ReadyMessage{}}, {"quote", PlanQuoteMessage{}}, {"change", PlanChangeMessage{}}, {"resize", ResizeMessage{}},
		{"lead", PlanLeadMessage{}}, {"error", ErrorMessage{}},
	}
)

// A QuestionList is what a scenario can still be asked: the answer of the command
// questions, and of the function questions of core/v1.
type QuestionList struct {
	Questions []rules.Question `json:"questions"` // in the order of the fields of a scenario
}
