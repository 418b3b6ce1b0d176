package serve

import (
	"embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/template"

	"postage/web/site"
)

// hostingFiles are the templates of the configuration of hosts.
//
//go:embed hosting/*.txt
var hostingFiles embed.FS

// hostTemplates are the templates by their hosts.
var hostTemplates = map[string]string{"nginx": "hosting/nginx.conf.txt", "caddy": "hosting/Caddyfile.txt"}

// Hosts are those that there is a configuration for.
func Hosts() []string { return slices.Sorted(maps.Keys(hostTemplates)) }

// HostOptions say where a host finds the site.
type HostOptions struct {
	Base   string // starts and ends with a slash
	Root   string // the folder that the base is below, without a slash at the end
	Origin string // that the site was built for; may be empty
}

// Policy is what is sent with every file but the pages in frames.
func (o HostOptions) Policy() string { return site.SentPolicy("", o.Origin) }

// FramePolicy is what is sent with those.
func (o HostOptions) FramePolicy() string { return site.SentPolicy("embed/", o.Origin) }

// Configuration writes the configuration of a host, nginx or caddy.
func Configuration(w io.Writer, name string, o HostOptions) error {
	file, ok := hostTemplates[name]
	if !ok {
		return fmt.Errorf("there is no configuration for %q", name)
	}
	t, err := template.ParseFS(hostingFiles, file)
	if err != nil {
		return err
	}
	return t.Execute(w, o)
}
