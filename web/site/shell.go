package site

import (
	"bytes"
	"html/template"
	"strings"

	"postage/app/pages"
)

// A shell is what surrounds the prerendered screen of a page.
type shell struct {
	Page       pages.Page
	Base       string // ends with a slash
	Origin     string // of the site; empty if it is not known
	Canonical  string
	Alternates []alternate
	Built      string // the date of the build
	Words      Words
	PagePaths  string // the pages that the page can be turned into, separated by spaces

	program
	plan   program // that of the page with the plan
	list   program // that of the pages with a file
	reader program // what reads files, in a worker

	Style, Boot string
	Ask         template.JS // the script in the head that asks for the program
	Rules       string      // the script of the pages without a program
	WordFiles   string      // "vi=/assets/…txt,58000 en=…"
	planWords   string      // those of the page with the plan
	listWords   string      // those of the pages with a file

	PlanStyle             string // what the pages with a plan, a file or every part of the screen have beside the others
	ListStyle, ListScript string // and those with a file; the style also that of every part of the screen
	Reader                string // the script of the worker that reads files

	Partners                string // the script of the page that tells partners what to do
	FrameStyle, FrameScript string // of the calculator in their pages
	Types                   string // "zalo=zalo.uid.consultation,… zns=…"
	Integrity               string // of the partners' loader
	PlanIntegrity           string // and of that of the plan

	ColorPaper, ColorPaperDark string

	Screen template.HTML
	// NotFound is set for the page that stands in for all that do not exist.
	// It has no program.
	NotFound []notFoundText
}

// A program is one for the browser.
type program struct {
	Wasm     string // its address
	Packed   string // the same compressed with gzip, for hosts that do not compress it; may be empty
	WasmSize int
}

type alternate struct{ Lang, Href string }

type notFoundText struct {
	Lang, Href string
	Words      Words
}

// go-app replaces the first element of the body, so the screen comes first.
var shellTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Page.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{{.Page.Title}}</title>
{{- if .NotFound}}
<meta name="robots" content="noindex">
{{- else}}
<meta name="description" content="{{.Page.Description}}">
{{- end}}
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="{{.ColorPaper}}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{{.ColorPaperDark}}">
<meta name="referrer" content="no-referrer">
{{- with .Canonical}}
<link rel="canonical" href="{{.}}">
{{- end}}
{{- range .Alternates}}
<link rel="alternate" hreflang="{{.Lang}}" href="{{.Href}}">
{{- end}}
{{- if not .Page.Frame}}
<link rel="manifest" href="{{.Manifest}}">
<meta name="apple-mobile-web-app-title" content="Postage">
{{- end}}
<link rel="icon" type="image/svg+xml" href="{{.Base}}icons/icon.svg">
<link rel="icon" type="image/png" sizes="192x192" href="{{.Base}}icons/icon-192.png">
<link rel="apple-touch-icon" href="{{.Base}}icons/apple-touch-180.png">
{{- if not (or .NotFound .Page.Static)}}
<script data-wasm="{{.Wasm}}"{{with .Packed}} data-packed="{{.}}"{{end}}>{{.Ask}}</script>
{{- end}}
<link rel="stylesheet" href="{{.Style}}">
{{- if .Page.Frame}}
<link rel="stylesheet" href="{{.FrameStyle}}">
<script defer src="{{.FrameScript}}" data-types="{{.Types}}"{{if .Page.Plan}} data-plan{{end}}></script>
{{- end}}
{{- if or .Page.Plan .Page.File .OfAllParts}}
<link rel="stylesheet" href="{{.PlanStyle}}">
{{- end}}
{{- if or .Page.File .OfAllParts}}
<link rel="stylesheet" href="{{.ListStyle}}">
{{- end}}
{{- if .NotFound}}
{{- else if .Page.Static}}
{{- if .ForPartners}}
<script defer src="{{.Base}}embed/v1/postage.js" integrity="{{.Integrity}}"></script>
<script defer src="{{.Base}}embed/v1/plan.js" integrity="{{.PlanIntegrity}}"></script>
{{- end}}
<script defer src="{{.Script}}" data-base="{{.Base}}" data-path="{{.Page.Path}}"{{if .ForPartners}} data-integrity="{{.Integrity}}" data-plan-integrity="{{.PlanIntegrity}}"{{end}}></script>
{{- else}}
{{- if .Page.File}}
<script defer src="{{.ListScript}}" data-reader="{{.Reader}}" data-wasm="{{.ReadsFiles.Wasm}}"{{with .ReadsFiles.Packed}} data-packed="{{.}}"{{end}}></script>
{{- end}}
<script defer fetchpriority="high" src="{{.Boot}}" data-base="{{.Base}}" data-path="{{.Page.Path}}" data-pages="{{.PagePaths}}" data-built="{{.Built}}" data-worker="{{.Base}}worker.js" data-wasm="{{.Wasm}}" data-wasm-size="{{.WasmSize}}"{{with .Packed}} data-packed="{{.}}"{{end}} data-words="{{.WordFiles}}" data-loading="{{.Words.Loading}}" data-failed="{{.Words.Failed}}" data-retry="{{.Words.Retry}}" data-stopped="{{.Words.Stopped}}" data-reload="{{.Words.Reload}}" data-stopped-again="{{.Words.StoppedAgain}}" data-afresh="{{.Words.Afresh}}" data-link="{{.Words.Link}}"></script>
{{- end}}
</head>
<body>
{{- if .NotFound}}
<main class="not-found">
{{- range .NotFound}}
<section lang="{{.Lang}}">
<h1>{{.Words.NotFound}}</h1>
<p><a href="{{.Href}}">{{.Words.GoToStart}}</a></p>
</section>
{{- end}}
</main>
{{- else}}
{{.Screen}}
{{- if not .Page.Static}}
<p class="boot-message boot-late" id="boot-late">{{.Words.Late}} <a href="">{{.Words.Reload}}</a></p>
<noscript><p class="boot-message">{{.Words.NoScript}}</p></noscript>
{{- end}}
{{- end}}
</body>
</html>
`))

// Policy is the policy of a page. One without a program makes no type that the
// browser would trust, and may not.
func (s shell) Policy() string {
	mine := policy()
	if !s.ForPartners() { // the one page with a frame in it
		mine = withoutFrames(mine)
	}
	if s.NotFound != nil || s.Page.Static {
		mine = withoutProgram(mine)
	}
	if s.Page.Frame {
		mine = policyInFrames(mine, s.Origin)
	}
	return mine
}

// ReadsFiles is the program that reads files.
func (s shell) ReadsFiles() program { return s.reader }

// ForPartners reports whether it is the page that tells partners what to do.
func (s shell) ForPartners() bool { return pathBelowLang(s.Page) == "/partners/" }

// OfAllParts reports whether it is the page that shows every part of the screen.
func (s shell) OfAllParts() bool { return pathBelowLang(s.Page) == "/design/" }

// Manifest is the address of the web app manifest in the language of the page.
func (s shell) Manifest() string { return Address(s.Base, manifestName(s.Page.Lang)) }

// Script is the one of a page without a program.
func (s shell) Script() string {
	if s.ForPartners() {
		return s.Partners
	}
	return s.Rules
}

func (s shell) render() ([]byte, error) {
	var b bytes.Buffer
	err := shellTemplate.Execute(&b, s)
	return b.Bytes(), err
}

// alternatesOf lists the pages that say the same in other languages, itself
// included: those with the same path below the language's prefix.
func alternatesOf(page pages.Page, pages []pages.Page, base string) []alternate {
	var list []alternate
	for _, other := range pages {
		if pathBelowLang(other) == pathBelowLang(page) {
			list = append(list, alternate{other.Lang, Address(base, other.Path)})
		}
	}
	for _, other := range pages {
		if pathBelowLang(other) == pathBelowLang(page) && !hasLangPrefix(other) {
			list = append(list, alternate{"x-default", Address(base, other.Path)})
		}
	}
	return list
}

// pathBelowLang returns "/rules/" for "/rules/" and for "/en/rules/".
func pathBelowLang(page pages.Page) string {
	if hasLangPrefix(page) {
		return strings.TrimPrefix(page.Path, "/"+page.Lang)
	}
	return page.Path
}

func hasLangPrefix(page pages.Page) bool {
	return strings.HasPrefix(page.Path, "/"+page.Lang+"/")
}

// Address puts a path that starts with a slash below base, which ends with one.
func Address(base, path string) string {
	return base + strings.TrimPrefix(path, "/")
}
