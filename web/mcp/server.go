package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"postage/rules"
	"postage/web/protocol"
)

// instructions tell an assistant what the server is for.
const instructions = `Postage answers from a book of rules and prices, on this machine, whether a business may send a message by Zalo, ZNS, Messenger or WhatsApp, and what it costs, for any date from 2020 to what is announced.
Ask questions to learn which facts matter, let the user answer them, then ask quote. Never make up a fact: leave it out and it counts as unknown. Amounts are decimals in strings; do not round or convert them yourself. Give the user the reason and the source: a check or line names its rule, and the tool rules has the sources of that. Notices of a quote are to be told.`

// Version of the server, which is that of the answers: the first one.
const version = "1"

// newServer returns the server with its tools.
func newServer() (*sdk.Server, error) {
	inputs, err := protocol.ToolInputs()
	if err != nil {
		return nil, err
	}
	server := sdk.NewServer(&sdk.Implementation{Name: "postage", Title: "Postage", Version: version}, &sdk.ServerOptions{
		Instructions: instructions,
		Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}},
	})
	for i := range tools {
		t := &tools[i]
		in, ok := inputs[t.name]
		if !ok {
			return nil, fmt.Errorf("mcp: nothing says what the tool %s takes", t.name)
		}
		closed := false
		server.AddTool(&sdk.Tool{
			Name: t.name, Title: t.title, Description: t.description, InputSchema: in.Schema,
			Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
		}, func(_ context.Context, r *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			answer, ok := t.call(r.Params.Arguments, in.Fields)
			return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: string(answer)}}, IsError: !ok}, nil
		})
	}
	return server, nil
}

// call answers a call of a tool. Whatever comes in, there is an answer.
func (t *tool) call(raw []byte, fields []protocol.ToolField) (answer []byte, ok bool) {
	defer func() {
		if recover() != nil { // a mistake of ours; the assistant gets an answer all the same
			answer, ok = refusal("", "internal", "the rules failed on this question")
		}
	}()
	a, wrong := read(raw, fields)
	if len(wrong) > 0 {
		return asJSON(protocol.Refusal{Error: wrong[0], More: wrong[1:]}), false
	}
	if answer, ok = t.answer(a); ok {
		return answer, true
	}
	var found []*rules.Error
	for _, f := range fields {
		if f.Object {
			found = t.mistakes(a[f.Name])
		}
	}
	answer, err := protocol.Refuse(answer, found, 0)
	if err != nil {
		return refusal("", "internal", err.Error())
	}
	return answer, false
}

// Serve speaks with an assistant until it closes the input, and answers all that it
// asked by then. Nothing but the protocol is written to the output.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	server, err := newServer()
	if err != nil {
		return err
	}
	err = server.Run(ctx, answering{&sdk.IOTransport{Reader: io.NopCloser(in), Writer: unclosed{out}}})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// unclosed is a writer that is left open.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// answering is a transport that ends when every request is answered: the SDK drops what
// is still asked at the end of the input, and so all that a script pipes into it.
type answering struct{ sdk.Transport }

func (a answering) Connect(ctx context.Context) (sdk.Connection, error) {
	c, err := a.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &answeringConnection{Connection: c, answered: make(chan struct{}, 1)}, nil
}

type answeringConnection struct {
	sdk.Connection
	open     atomic.Int64  // requests that are not answered
	answered chan struct{} // gets something after an answer
}

func (c *answeringConnection) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(ctx)
	if r, ok := message.(*jsonrpc.Request); ok && r.IsCall() {
		c.open.Add(1)
	}
	for errors.Is(err, io.EOF) && c.open.Load() > 0 {
		select {
		case <-c.answered:
		case <-ctx.Done():
			return message, err
		}
	}
	return message, err
}

func (c *answeringConnection) Write(ctx context.Context, message jsonrpc.Message) error {
	err := c.Connection.Write(ctx, message)
	if _, ok := message.(*jsonrpc.Response); ok {
		c.open.Add(-1)
		select {
		case c.answered <- struct{}{}:
		default:
		}
	}
	return err
}
