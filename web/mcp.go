package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"syscall"

	"postage/web/mcp"
)

var mcpCommand = command{
	name:  "mcp",
	short: "let an assistant on this machine ask the book, by the Model Context Protocol",
	long: `A server of the Model Context Protocol over standard input and output, with the tools
quote, questions, compare, plan, most, changes, rules and error_codes. It asks no
network. An assistant is told to start it; in JSON, for those that take it:
  {"mcpServers":{"postage":{"command":"go","args":["run","-C","/path/to/postage","./web","mcp"]}}}
or the program that go build -o postage ./web makes: {"command":"/path/to/postage","args":["mcp"]}.
It ends when its input does.
`,
	prepare: func(*flag.FlagSet) work {
		return onlyFlags(func(s streams) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return mcp.Serve(ctx, s.in, s.out)
		})
	},
}
