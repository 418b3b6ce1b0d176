// Package desk is what the desks in the worker have in common, which answer what pages ask
// of their files.
package desk

import (
	"errors"
	"io"
	"time"

	"postage/app/files"
	"postage/app/table/cells"
)

// A Blob is a file that is written somewhere and can be read from there.
type Blob interface {
	io.Writer
	io.ReaderAt
	Size() int64
}

// ErrNone is told where something is asked of a file before there is one.
var ErrNone = errors.New("there is no file")

// ErrStopped is told where the writing of a file was stopped.
var ErrStopped = errors.New("stopped")

// Wrong tells what is wrong, of what can be wrong with every kind of file.
func Wrong(err error) *files.Wrong {
	var e *cells.Error
	switch {
	case errors.Is(err, ErrStopped):
		return &files.Wrong{Code: files.Stopped}
	case errors.As(err, &e):
		wrong := &files.Wrong{Code: string(e.Code), Row: e.Row, Column: e.Column, Found: e.Found, Most: e.Most, Sheets: e.Sheets, Facts: e.Facts}
		if e.Delimiter != 0 {
			wrong.Between = string(rune(e.Delimiter))
		}
		return wrong
	}
	return &files.Wrong{Code: files.Internal, Found: err.Error()}
}

// Pace returns what is called while a file is gone through, with how many rows were read
// and the part of the file, 0 to 1. Now and then it tells that and lets others work; rest
// does so, and reports whether to go on; nil: always.
func Pace(rest func() bool, tell func(files.Progress)) func(rows int64, part float64) bool {
	last := time.Now()
	const pause = 60 * time.Millisecond
	return func(rows int64, part float64) bool {
		if time.Since(last) < pause {
			return true
		}
		const whole = 1000
		tell(files.Progress{Rows: rows, Thousandth: int64(part * whole)})
		on := rest == nil || rest()
		last = time.Now()
		return on
	}
}
