package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"postage/web/serve"
)

var serveCommand = command{
	name:  "serve",
	short: "serve a built site on this machine, until it is stopped",
	prepare: func(flags *flag.FlagSet) work {
		dir := flags.String("dir", "dist", "`FOLDER` with the built site")
		base := flags.String("base", "/", "`PATH` that it was built for")
		port := flags.Int("port", 8080, "`PORT`; 0 is any that is free")
		return onlyFlags(func(s streams) error {
			if err := checkAddress(*base, ""); err != nil {
				return err
			}
			if *port < 0 || *port > 65535 {
				return usageError{fmt.Sprintf("-port: %d is not a port; they go from 1 to 65535", *port)}
			}
			if _, err := os.Stat(filepath.Join(*dir, "worker.js")); err != nil {
				return fmt.Errorf("%s holds no built site: run make build first", *dir)
			}
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return serve.Run(ctx, *dir, *base, *port, s.out)
		})
	},
}
