package main

import (
	"flag"
	"fmt"
	"io"
	"path"
	"time"

	"postage/app/browser"
	"postage/web/internal/source"
	"postage/web/site"
	"postage/web/slim"
)

var buildCommand = command{
	name:  "build",
	short: "build the site into a folder",
	long: `A folder that holds an earlier build is replaced, and stays as it was where the
build fails. Of builds into one folder at once each ends whole, and the last one stays.
`,
	prepare: func(flags *flag.FlagSet) work {
		var o site.Options
		out := flags.String("out", "dist", "`FOLDER` to build into")
		flags.StringVar(&o.Base, "base", "/", "`PATH` that the site is served under, such as /tools/postage/")
		flags.StringVar(&o.Date, "date", browser.DayAt(time.Now()), "`DAY` of the build")
		flags.StringVar(&o.Origin, "origin", "", "start of the site's `ADDRESS`, such as https://postage.example, for search engines and\nfor frames in a sandbox")
		flags.BoolVar(&o.Quick, "quick", false, "leave out the compressed files, which only a real host needs")
		smaller := flags.Bool("slim", true, "make the programs smaller than Go alone does; -slim=0 does not")
		return onlyFlags(func(s streams) error {
			if err := checkAddress(o.Base, o.Origin); err != nil {
				return err
			}
			if _, err := time.Parse(time.DateOnly, o.Date); err != nil {
				return usageError{fmt.Sprintf("-date: %q is not a date such as 2026-01-31", o.Date)}
			}
			return build(*out, o, *smaller, s.out)
		})
	},
}

// checkAddress says what is wrong with the flags -base and -origin.
func checkAddress(base, origin string) error {
	if err := site.CheckBase(base); err != nil {
		return wrongFlag("base", err)
	}
	if err := site.CheckOrigin(origin); err != nil {
		return wrongFlag("origin", err)
	}
	return nil
}

// build compiles the programs, smaller than Go alone would or not, and writes the
// site.
func build(out string, o site.Options, smaller bool, stdout io.Writer) error {
	if err := site.CheckFolder(out); err != nil {
		return err
	}
	tree, err := source.Find()
	if err != nil {
		return err
	}
	compiler, err := compilerFor(tree, smaller)
	if err != nil {
		return err
	}
	files, err := site.NewBuilder(tree, compiler).Files(o)
	if err != nil {
		return err
	}
	if err := files.Write(out); err != nil {
		return err
	}
	known, err := compiler.Fits()
	if err != nil {
		return err
	}
	if smaller && !known {
		if _, err := fmt.Fprintf(stdout, "the programs are larger than they need to be: the build makes them small with %s\n", slim.KnownGo); err != nil {
			return err
		}
	}
	return report(out, o, files, stdout)
}

func compilerFor(tree source.Tree, smaller bool) (*slim.Compiler, error) {
	if !smaller {
		return slim.Plain(tree), nil
	}
	return slim.New(tree)
}

// report tells what was built and what a visitor downloads.
func report(out string, o site.Options, files site.Files, stdout io.Writer) error {
	pages := 0
	var programs []string
	for _, name := range files.Names() {
		switch {
		case path.Ext(name) == ".wasm":
			programs = append(programs, name)
		case path.Base(name) == "index.html":
			pages++
		}
	}
	_, err := fmt.Fprintf(stdout, "%s: %d pages under %s as of %s\n", out, pages, o.Base, o.Date)
	for _, name := range programs {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "%s: %d bytes, gzip %d, brotli %d\n", name, len(files[name]), len(files[name+".gz"]), len(files[name+".br"]))
		}
	}
	for _, name := range []string{site.CoreFolder + "postage.js", site.Loader, site.PlanLoader} {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "%s: integrity %s\n", name, site.Integrity(files[name]))
		}
	}
	return err
}
