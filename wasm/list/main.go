//go:build js && wasm

// Command list is the program that reads lists of contacts and bills in the browser. It
// runs in a worker, so that the page answers meanwhile, and nothing of it is in the page's
// own program. It has no way to the network: the script that starts it takes that away, and
// hands it requests and files.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"syscall/js"
	"time"

	"postage/app/billing"
	"postage/app/billing/checking"
	"postage/app/contacts"
	"postage/app/contacts/reading"
	"postage/app/files"
	"postage/app/files/desk"
)

// A job is a request with the file that came beside it.
type job struct {
	files.Request
	text []byte // the whole request, as the desk of its kind reads it
	file js.Value
}

// A clerk has the desk for files of a kind.
type clerk interface {
	Open(at io.ReaderAt, size int64)
	Fail(turn int64, err error)
	// do works on a request; it returns the file that it wrote, nil where it wrote none.
	do(j job) (desk.Blob, error)
}

type ofContacts struct{ *reading.Desk }

func (c ofContacts) do(j job) (desk.Blob, error) {
	var q contacts.Request
	if err := json.Unmarshal(j.text, &q); err != nil {
		return nil, err
	}
	if j.Do == files.Write {
		return c.Write(q, newBlob)
	}
	c.Handle(q)
	return nil, nil
}

type ofBills struct{ *checking.Desk }

func (c ofBills) do(j job) (desk.Blob, error) {
	var q billing.Request
	if err := json.Unmarshal(j.text, &q); err != nil {
		return nil, err
	}
	if j.Do == files.Write {
		return c.Write(q, newBlob)
	}
	c.Handle(q)
	return nil, nil
}

func main() {
	jobs := make(chan job, 16)
	stopped := false
	turn := int64(0) // of the request that is being worked on
	rest := func() bool {
		time.Sleep(time.Millisecond) // the browser hands over what has come meanwhile
		return !stopped
	}
	clerks := map[files.Kind]clerk{
		files.Contacts: ofContacts{&reading.Desk{Tell: func(r contacts.Report) { tell(r, js.Undefined()) }, Rest: rest}},
		files.Bill:     ofBills{&checking.Desk{Tell: func(r billing.Report) { tell(r, js.Undefined()) }, Rest: rest}},
	}
	// Whatever comes does not wait for what is being worked on: that is stopped by it.
	js.Global().Set("postageAsk", js.FuncOf(func(_ js.Value, args []js.Value) any {
		j := job{text: []byte(args[0].String()), file: args[1]}
		if err := json.Unmarshal(j.text, &j.Request); err != nil || clerks[j.Of] == nil {
			tell(files.Report{Wrong: &files.Wrong{Code: files.Internal}}, js.Undefined())
			return nil
		}
		if j.Do == files.Stop {
			stopped = j.Turn == turn
			return nil
		}
		jobs <- j
		return nil
	}))
	js.Global().Call("postageReady")
	for j := range jobs {
		stopped, turn = false, j.Turn
		work(clerks[j.Of], j)
	}
}

// work works on a request. A mistake of ours is told, and the next request is worked on.
func work(c clerk, j job) {
	defer func() {
		if problem := recover(); problem != nil {
			c.Fail(j.Turn, errors.New("internal"))
		}
	}()
	if j.file.Truthy() {
		size := int64(j.file.Get("size").Float())
		c.Open(&slices{file: j.file, size: size}, size)
	}
	file, err := c.do(j)
	switch {
	case err != nil:
		c.Fail(j.Turn, err)
	case file != nil:
		tell(files.Report{Turn: j.Turn, Written: true}, file.(*blob).value())
	}
}

func newBlob() desk.Blob { return &blob{parts: js.Global().Get("Array").New()} }

// tell sends a report to the page, with a file beside it.
func tell(r any, file js.Value) {
	text, err := json.Marshal(r)
	if err != nil { // counts and texts
		panic(err)
	}
	js.Global().Call("postMessage", map[string]any{"report": string(text), "file": file})
}

// slices read a file by pieces, of which a few are kept: a workbook is read in several
// places by turns.
type slices struct {
	file js.Value
	size int64
	kept []piece // the last one read first
}

type piece struct {
	at    int64
	bytes []byte
}

const (
	pieceBytes = 512 << 10
	mostPieces = 8
)

// ReadAt reads from a place on.
func (s *slices) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		if at >= s.size {
			return n, io.EOF
		}
		piece, err := s.piece(at - at%pieceBytes)
		if err != nil {
			return n, err
		}
		copied := copy(p[n:], piece[at%pieceBytes:])
		n, at = n+copied, at+int64(copied)
	}
	return n, nil
}

func (s *slices) piece(at int64) ([]byte, error) {
	for i, p := range s.kept {
		if p.at == at {
			copy(s.kept[1:], s.kept[:i])
			s.kept[0] = p
			return p.bytes, nil
		}
	}
	read, err := read(s.file, at, min(at+pieceBytes, s.size))
	if err != nil {
		return nil, err
	}
	if len(s.kept) < mostPieces {
		s.kept = append(s.kept, piece{})
	}
	copy(s.kept[1:], s.kept)
	s.kept[0] = piece{at, read}
	return read, nil
}

// read reads a part of a file. A file that has changed since, or is gone, fails.
func read(file js.Value, from, to int64) (b []byte, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			b, err = nil, errors.New("the file has changed or is gone")
		}
	}()
	buffer := js.Global().Get("FileReaderSync").New().Call("readAsArrayBuffer", file.Call("slice", float64(from), float64(to)))
	view := js.Global().Get("Uint8Array").New(buffer)
	b = make([]byte, view.Length())
	js.CopyBytesToGo(b, view)
	if int64(len(b)) != to-from {
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// A blob is a file that is written outside of the program's memory.
type blob struct {
	parts js.Value
	size  int64
	file  *slices
}

// Write adds to the file.
func (b *blob) Write(p []byte) (int, error) {
	part := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(part, p)
	b.parts.Call("push", part)
	b.size += int64(len(p))
	b.file = nil
	return len(p), nil
}

// Size is how many bytes were written.
func (b *blob) Size() int64 { return b.size }

// value is the file for the page.
func (b *blob) value() js.Value { return b.reader().file }

// ReadAt reads what was written.
func (b *blob) ReadAt(p []byte, at int64) (int, error) { return b.reader().ReadAt(p, at) }

func (b *blob) reader() *slices {
	if b.file == nil {
		whole := js.Global().Get("Blob").New(b.parts)
		b.parts = js.Global().Get("Array").New(whole)
		b.file = &slices{file: whole, size: b.size}
	}
	return b.file
}
