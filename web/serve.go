package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"postage/web/serve"
	"postage/web/site"
)

// runServe serves a built site on this machine until it is stopped.
func runServe(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	dir := flags.String("dir", "dist", "")
	base := flags.String("base", "/", "")
	port := flags.Int("port", 8080, "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	if err := site.CheckBase(*base); err != nil {
		return wrongFlag("base", err)
	}
	if *port < 0 || *port > 65535 {
		return usageError{fmt.Sprintf("-port: %d is not a port; they go from 1 to 65535", *port)}
	}
	if _, err := os.Stat(filepath.Join(*dir, "worker.js")); err != nil {
		return fmt.Errorf("%s holds no built site: run make build first", *dir)
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return serve.Run(ctx, *dir, *base, *port, stdout)
}
