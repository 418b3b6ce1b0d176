package main

import (
	"embed"
	"flag"
	"fmt"
	"io"
	"path"
	"strings"
	"text/template"
)

// hostingFiles are the templates of the configuration of hosts.
//
//go:embed hosting/*.txt
var hostingFiles embed.FS

// hostTemplates are the hosts that web hosting knows.
var hostTemplates = map[string]string{"nginx": "hosting/nginx.conf.txt", "caddy": "hosting/Caddyfile.txt"}

// A hostOptions says where a host finds the site.
type hostOptions struct {
	Base   string // starts and ends with a slash
	Root   string // the folder that the base is below, without a slash at the end
	Origin string // that the site was built for; may be empty
}

// Policy is what is sent with every file but the pages in frames.
func (o hostOptions) Policy() string { return sentPolicy("", o.Origin) }

// FramePolicy is what is sent with those.
func (o hostOptions) FramePolicy() string { return sentPolicy("embed/", o.Origin) }

// runHosting prints a host's configuration.
func runHosting(args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return usageError{"hosting: name a host: nginx or caddy"}
	}
	name, args := args[0], args[1:]
	var o hostOptions
	flags := flag.NewFlagSet("hosting", flag.ContinueOnError)
	flags.StringVar(&o.Base, "base", "/", "")
	flags.StringVar(&o.Root, "root", "/srv/postage", "")
	flags.StringVar(&o.Origin, "origin", "", "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	if err := checkBase(o.Base); err != nil {
		return err
	}
	if err := checkOrigin(o.Origin); err != nil {
		return err
	}
	if !path.IsAbs(o.Root) || strings.ContainsAny(o.Root, " \t\n;{}\"'") {
		return usageError{fmt.Sprintf("-root: %q is not the full path of a folder", o.Root)}
	}
	o.Root = strings.TrimSuffix(o.Root, "/")
	return hostConfiguration(stdout, name, o)
}

func hostConfiguration(w io.Writer, name string, o hostOptions) error {
	file, ok := hostTemplates[name]
	if !ok {
		return usageError{fmt.Sprintf("hosting: there is no configuration for %q; there is one for nginx and one for caddy", name)}
	}
	t, err := template.ParseFS(hostingFiles, file)
	if err != nil {
		return err
	}
	return t.Execute(w, o)
}

// headersFile is the file _headers by which hosts of static sites, such as
// Cloudflare Pages and Netlify, learn the headers of each path. Those hosts join
// the values of all rules that fit, so no two rules set the same header for a
// path: each page has a rule of its own.
func headersFile(base, origin string, pages []string) []byte {
	var b strings.Builder
	for _, page := range pages {
		fmt.Fprintf(&b, "%s\n  Content-Security-Policy: %s\n  Referrer-Policy: no-referrer\n",
			address(base, page), sentPolicy(strings.TrimPrefix(page, "/"), origin))
	}
	fmt.Fprintf(&b, "%s*\n  X-Content-Type-Options: nosniff\n", base)
	fmt.Fprintf(&b, "%sassets/*\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n", base)
	for _, folder := range openFolders {
		fmt.Fprintf(&b, "%s%s*\n  Access-Control-Allow-Origin: *\n", base, folder)
	}
	return []byte(b.String())
}
