package rules

// Opt is a fact that may not have been given. The zero Opt is unknown.
type Opt[T any] struct {
	value T
	known bool
}

// Some returns a known fact.
func Some[T any](value T) Opt[T] { return Opt[T]{value, true} }

// Get returns the value and whether it is known.
func (o Opt[T]) Get() (T, bool) { return o.value, o.known }

// Known reports whether the fact was given.
func (o Opt[T]) Known() bool { return o.known }

// Or returns the value, or the fallback where it is unknown.
func (o Opt[T]) Or(fallback T) T {
	if o.known {
		return o.value
	}
	return fallback
}

// IsZero reports whether the fact is unknown, so that JSON leaves it out.
func (o Opt[T]) IsZero() bool { return !o.known }

// MarshalJSON writes the value.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	var w jsonWriter
	err := w.fact(o.value)
	return w.text, err
}
