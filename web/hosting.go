package main

import (
	"flag"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"postage/web/serve"
	"postage/web/site"
)

// runHosting prints a host's configuration.
func runHosting(args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return usageError{"hosting: name a host: nginx or caddy"}
	}
	name, args := args[0], args[1:]
	if !slices.Contains(serve.Hosts(), name) {
		return usageError{fmt.Sprintf("hosting: there is no configuration for %q; there is one for nginx and one for caddy", name)}
	}
	var o serve.HostOptions
	flags := flag.NewFlagSet("hosting", flag.ContinueOnError)
	flags.StringVar(&o.Base, "base", "/", "")
	flags.StringVar(&o.Root, "root", "/srv/postage", "")
	flags.StringVar(&o.Origin, "origin", "", "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	if err := site.CheckBase(o.Base); err != nil {
		return wrongFlag("base", err)
	}
	if err := site.CheckOrigin(o.Origin); err != nil {
		return wrongFlag("origin", err)
	}
	if !path.IsAbs(o.Root) || strings.ContainsAny(o.Root, " \t\n;{}\"'") {
		return usageError{fmt.Sprintf("-root: %q is not the full path of a folder", o.Root)}
	}
	o.Root = strings.TrimSuffix(o.Root, "/")
	return serve.Configuration(stdout, name, o)
}
