package site

import (
	"bytes"
	_ "embed"
	"html/template"
	"strconv"
	"strings"

	"postage/web/protocol"
)

// The page of fields tells developers what each field of a scenario and of a plan takes.
// It is made from their declaration, and in English, as all that developers read.

//go:embed fields.css
var fieldsStyle []byte

// A fieldsPage is what the page is made of.
type fieldsPage struct {
	Base, Style, Policy string
	Parts               []fieldsPart
}

// A fieldsPart is the fields of one object.
type fieldsPart struct {
	ID, Title string
	Rows      []protocol.FieldRow
}

var fieldsTemplate = template.Must(template.New("fields").Funcs(template.FuncMap{"join": func(words []string) string { return strings.Join(words, ", ") }}).Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Fields · Postage</title>
<meta name="description" content="Every field of a scenario and of a plan: what it takes, its unit, and its values by day.">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" type="image/svg+xml" href="{{.Base}}icons/icon.svg">
<link rel="stylesheet" href="{{.Style}}">
<link rel="stylesheet" href="fields.css">
</head>
<body class="fields">
<main id="main">
<h1>Fields of scenarios and plans</h1>
<p>What a scenario and a plan take in JSON: in Go, in the commands, in the core, in frames. A field that is left out is unknown, unless it says otherwise here. One that does not exist, a value of another type or one out of its limits is an error with the path of the field.</p>
<p>The same for programs: <a href="../schema/scenario.json">schema of a scenario</a>, <a href="../schema/plan.json">of a plan</a>, <a href="../types.d.ts">types for TypeScript</a>, <a href="../../../core/v1/postage.d.ts">those of the core</a>.</p>
<nav aria-label="Parts"><ul>
{{- range .Parts}}
<li><a href="#{{.ID}}">{{.Title}}</a></li>
{{- end}}
</ul></nav>
{{- range .Parts}}
<h2 id="{{.ID}}">{{.Title}}</h2>
{{- range .Rows}}
<section class="field" id="{{.Path}}">
<h3><code>{{.Path}}</code></h3>
{{- with .Meaning}}
<p>{{.}}</p>
{{- end}}
<dl>
<div><dt>takes</dt><dd>{{.Type}}</dd></div>
{{- range .Values}}
<div><dt>{{if .Since}}from {{.Since}}{{else}}values{{end}}</dt><dd><code>{{join .Words}}</code></dd></div>
{{- end}}
{{- with .Unit}}
<div><dt>unit</dt><dd>{{.}}</dd></div>
{{- end}}
<div><dt>if absent</dt><dd>{{.Absent}}</dd></div>
{{- with .Required}}
<div><dt>required</dt><dd>{{join .}}</dd></div>
{{- end}}
</dl>
</section>
{{- end}}
{{- end}}
</main>
</body>
</html>
`))

// addFields adds the page of fields.
func addFields(files Files, s *shell) error {
	scenario, err := protocol.ScenarioFields()
	if err != nil {
		return err
	}
	plan, err := protocol.PlanFields()
	if err != nil {
		return err
	}
	page := fieldsPage{Base: s.Base, Style: s.Style, Policy: withoutProgram(withoutFrames(policy()))}
	page.Parts = append(fieldsParts("scenario", scenario), fieldsParts("plan", plan)...)
	var b bytes.Buffer
	err = fieldsTemplate.Execute(&b, page)
	files[protocol.FieldsFolder+"index.html"] = b.Bytes()
	files[protocol.FieldsFolder+"fields.css"] = fieldsStyle
	return err
}

// fieldsParts puts the fields of an object together, in their order.
func fieldsParts(of string, rows []protocol.FieldRow) (parts []fieldsPart) {
	at := map[string]int{}
	for _, row := range rows {
		object := ""
		if id, ok := strings.CutPrefix(row.Path, "assume."); ok && id != "" {
			object = "assume"
		} else if i := strings.LastIndexByte(row.Path, '.'); i >= 0 {
			object = row.Path[:i]
		}
		title := "A " + of
		if object != "" {
			title += ": " + object
		}
		i, known := at[title]
		if !known {
			i = len(parts)
			at[title] = i
			parts = append(parts, fieldsPart{ID: "part-" + strconv.Itoa(len(parts)) + "-" + of, Title: title})
		}
		parts[i].Rows = append(parts[i].Rows, row)
	}
	return parts
}
