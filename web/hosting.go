package main

import (
	"flag"
	"fmt"
	"path"
	"slices"
	"strings"

	"postage/web/serve"
)

var hostingCommand = command{
	name: "hosting", operands: strings.Join(serve.Hosts(), "|"),
	short: "print the configuration of a host",
	prepare: func(flags *flag.FlagSet) work {
		var o serve.HostOptions
		flags.StringVar(&o.Base, "base", "/", "`PATH` that the site is served under")
		flags.StringVar(&o.Root, "root", "/srv/postage", "`FOLDER` that the path is below")
		flags.StringVar(&o.Origin, "origin", "", "`ADDRESS` that the site was built for")
		return func(operands []string, s streams) (bool, error) {
			name, err := oneOf(operands, "host")
			if err != nil {
				return false, err
			}
			if !slices.Contains(serve.Hosts(), name) {
				return false, usageError{fmt.Sprintf("there is no configuration for %q; there is one for each of %s", name, strings.Join(serve.Hosts(), ", "))}
			}
			if err := checkAddress(o.Base, o.Origin); err != nil {
				return false, err
			}
			if !path.IsAbs(o.Root) || strings.ContainsAny(o.Root, " \t\n;{}\"'") {
				return false, usageError{fmt.Sprintf("-root: %q is not the full path of a folder", o.Root)}
			}
			o.Root = strings.TrimSuffix(o.Root, "/")
			return false, serve.Configuration(s.out, name, o)
		}
	},
}
