package rules

// A Code says what kind of mistake an [Error] reports.
type Code string

// The kinds of mistakes.
const (
	Syntax       Code = "syntax"        // not JSON, or not UTF-8
	UnknownField Code = "unknown-field" // a field or a reading that the contract does not have
	WrongType    Code = "wrong-type"    // a value of another type, or not written as its type is
	Required     Code = "required"      // a field that must be there is missing
	OutOfRange   Code = "out-of-range"  // a number, a day or a length outside its limits
	UnknownValue Code = "unknown-value" // a word that is not on its list, or not on the day of sending
	Conflict     Code = "conflict"      // a field given twice, or two that exclude each other
)

// An Error says what is wrong with a scenario, where, and what would be right.
type Error struct {
	Path    string `json:"path"` // like audience[0].recipients; empty for the scenario as a whole
	Code    Code   `json:"code"`
	Message string `json:"message"` // English, for developers
}

func (e *Error) Error() string {
	if e.Path == "" {
		return string(e.Code) + ": " + e.Message
	}
	return e.Path + ": " + string(e.Code) + ": " + e.Message
}
