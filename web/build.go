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

// runBuild builds the site into a folder, which is replaced if it holds an
// earlier build.
func runBuild(args []string, stdout io.Writer) error {
	var o site.Options
	var out string
	var smaller bool
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.StringVar(&out, "out", "dist", "")
	flags.StringVar(&o.Base, "base", "/", "")
	flags.StringVar(&o.Date, "date", browser.DayAt(time.Now()), "")
	flags.StringVar(&o.Origin, "origin", "", "")
	flags.BoolVar(&o.Quick, "quick", false, "")
	flags.BoolVar(&smaller, "slim", true, "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	if err := site.CheckBase(o.Base); err != nil {
		return wrongFlag("base", err)
	}
	if err := site.CheckOrigin(o.Origin); err != nil {
		return wrongFlag("origin", err)
	}
	if _, err := time.Parse(time.DateOnly, o.Date); err != nil {
		return usageError{fmt.Sprintf("-date: %q is not a date such as 2026-01-31", o.Date)}
	}
	return build(out, o, smaller, stdout)
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
