package protocol

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// This file writes the contract for machines: JSON Schemas of scenario, quote,
// plan, error and messages, and the same as TypeScript. Both come from the Go types
// and their comments, so that no field can be forgotten.

// A schema is a JSON Schema, as far as the contract needs it.
type schema struct {
	Schema      string              `json:"$schema,omitempty"`
	Ref         string              `json:"$ref,omitempty"`
	Title       string              `json:"title,omitempty"`
	Description string              `json:"description,omitempty"`
	Type        any                 `json:"type,omitempty"` // a name or several
	Const       any                 `json:"const,omitempty"`
	Enum        []string            `json:"enum,omitempty"`
	Format      string              `json:"format,omitempty"`
	Pattern     string              `json:"pattern,omitempty"`
	MaxLength   int64               `json:"maxLength,omitempty"`
	Minimum     *int64              `json:"minimum,omitempty"`
	Maximum     *int64              `json:"maximum,omitempty"`
	Items       *schema             `json:"items,omitempty"`
	MinItems    int64               `json:"minItems,omitempty"`
	MaxItems    int64               `json:"maxItems,omitempty"`
	Properties  members             `json:"properties,omitempty"`
	Names       *schema             `json:"propertyNames,omitempty"`
	Required    []string            `json:"required,omitempty"`
	Dependent   map[string][]string `json:"dependentRequired,omitempty"`
	Additional  any                 `json:"additionalProperties,omitempty"` // false or a schema
	OneOf       []*schema           `json:"oneOf,omitempty"`
	AllOf       json.RawMessage     `json:"allOf,omitempty"`
	Defs        members             `json:"$defs,omitempty"`
}

// members are named schemas in the order of the Go types.
type members []member

type member struct {
	name   string
	schema *schema
}

func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(p.schema)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", p.name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// These stand in a message for a whole scenario, plan and quote, which have files of
// their own.
type (
	scenarioRoot  struct{}
	quoteRoot     struct{}
	planRoot      struct{}
	planQuoteRoot struct{}
)

// Addresses of what is published for partners.
const (
	Folder       = "embed/v1/"
	SchemaFolder = Folder + "schema/"
)

//go:embed *.go
var ownDeclarations embed.FS

// comments are what is said in the source of each type and field that is published.
var comments = sync.OnceValues(func() (map[string]string, error) {
	docs := map[string]string{}
	return docs, errors.Join(docComments(docs, rules.Declarations()), docComments(docs, ownDeclarations))
})

// Files returns the schemas and the types by their paths in the site. What they
// say of a field is what its comment says in the source.
func Files() (map[string][]byte, error) {
	docs, err := comments()
	if err != nil {
		return nil, err
	}
	scenario := newModel(docs)
	scenario.scenario()
	quote := newModel(docs)
	quote.root(reflect.TypeFor[rules.Quote]())
	mistake := newModel(docs)
	mistake.root(reflect.TypeFor[rules.Error]())
	refusal := newModel(docs)
	refusal.root(reflect.TypeFor[Refusal]())
	messages := newModel(docs)
	messages.messages("", "the frame", hostMessages, frameMessages)
	planMessages := newModel(docs)
	planMessages.messages("Plan", "the frame with a plan", planHostMessages, planFrameMessages)
	questions := newModel(docs)
	questions.root(reflect.TypeFor[QuestionList]())
	plan := newModel(docs)
	plan.plan()
	planQuote := newModel(docs)
	planQuote.root(reflect.TypeFor[rules.PlanQuote]())

	listConfig := newModel(docs)
	listConfig.listConfig("ListConfig", contactFacts())
	listSummary := newModel(docs)
	listSummary.root(reflect.TypeFor[ListSummary]())
	auditConfig := newModel(docs)
	auditConfig.listConfig("AuditConfig", billFacts())
	auditSummary := newModel(docs)
	auditSummary.root(reflect.TypeFor[AuditSummary]())

	files := map[string][]byte{}
	for name, m := range map[string]*model{"scenario": scenario, "quote": quote, "error": mistake, "refusal": refusal, "message": messages, "plan-message": planMessages, "questions": questions, "plan": plan, "plan-quote": planQuote, "list-config": listConfig, "list-summary": listSummary, "audit-config": auditConfig, "audit-summary": auditSummary} {
		content, err := json.MarshalIndent(m.file(), "", "  ")
		if err != nil {
			return nil, err
		}
		files[SchemaFolder+name+".json"] = append(content, '\n')
	}
	files[Folder+"types.d.ts"] = typeScript(scenario, quote, mistake, refusal, messages, questions, plan, planQuote, planMessages, listConfig, listSummary, auditConfig, auditSummary)
	return files, nil
}

// A model collects the named types below a root.
type model struct {
	docs map[string]string
	top  string
	defs members
}

func newModel(docs map[string]string) *model { return &model{docs: docs} }

// root describes a type that has a file of its own.
func (m *model) root(t reflect.Type) {
	m.top = typeName(t)
	m.named(t)
}

// file is the schema of the root, with the types that it refers to.
func (m *model) file() *schema {
	i := slices.IndexFunc(m.defs, func(d member) bool { return d.name == m.top })
	whole := *m.defs[i].schema
	whole.Schema, whole.Title = "https://json-schema.org/draft/2020-12/schema", m.top
	whole.Defs = slices.Delete(slices.Clone(m.defs), i, i+1)
	return &whole
}

// typeName is a type's name among the others; two of Go's would be taken for
// something else in JavaScript.
func typeName(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[rules.Error]():
		return "ScenarioError"
	case reflect.TypeFor[rules.Code]():
		return "ScenarioErrorCode"
	}
	return t.Name()
}

// named describes a struct or a list of words once and refers to it.
func (m *model) named(t reflect.Type) *schema {
	ref := &schema{Ref: "#/$defs/" + typeName(t)}
	if slices.ContainsFunc(m.defs, func(d member) bool { return d.name == typeName(t) }) {
		return ref
	}
	s := &schema{Description: m.docs[t.Name()]}
	m.defs = append(m.defs, member{typeName(t), s})
	if t.Kind() == reflect.String {
		s.Type, s.Enum = "string", vocabulary()[t]
		return ref
	}
	s.Type = "object"
	for owner, f := range fields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		property := m.property(owner.Name()+"."+name, f.Type)
		if doc := m.docs[owner.Name()+"."+f.Name]; doc != "" {
			property.Description = doc
		}
		s.Properties = append(s.Properties, member{name, property})
		if options == "" {
			s.Required = append(s.Required, name)
		}
	}
	return ref
}

// fields goes through the fields of a struct, with the type that declares each:
// those of a struct that it embeds are its own.
func fields(t reflect.Type) iter.Seq2[reflect.Type, reflect.StructField] {
	return func(yield func(reflect.Type, reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) {
			owner := t
			for _, i := range f.Index[:len(f.Index)-1] {
				owner = owner.Field(i).Type
			}
			if !f.Anonymous && !yield(owner, f) {
				return
			}
		}
	}
}

const (
	givenAmount  = `^[0-9]+(\.[0-9]{1,12})?$`
	quotedAmount = `^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`
	dayPattern   = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	monthPattern = `^[0-9]{4}-(0[1-9]|1[0-2])$`
)

// property describes a field by its type and, where the type does not say all,
// by its place.
func (m *model) property(place string, t reflect.Type) *schema {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if strings.HasPrefix(t.Name(), "Opt[") {
		t = t.Field(0).Type
	}
	switch t {
	case reflect.TypeFor[rules.Date]():
		return &schema{Type: "string", Format: "date", Pattern: dayPattern}
	case reflect.TypeFor[rules.Month]():
		return &schema{Type: "string", Pattern: monthPattern}
	case reflect.TypeFor[decimal.Decimal]():
		return &schema{Type: "string", Pattern: quotedAmount}
	case reflect.TypeFor[scenarioRoot]():
		return &schema{Ref: "scenario.json"}
	case reflect.TypeFor[scenarioOutline]():
		return &schema{Ref: "scenario outline"}
	case reflect.TypeFor[draftOutline]():
		return &schema{Ref: "draft outline"}
	case reflect.TypeFor[Budget]():
		return &schema{Type: "string", Pattern: givenAmount}
	case reflect.TypeFor[quoteRoot]():
		return &schema{Ref: "quote.json"}
	case reflect.TypeFor[planRoot](), reflect.TypeFor[rules.Plan]():
		return &schema{Ref: "plan.json"}
	case reflect.TypeFor[planQuoteRoot]():
		return &schema{Ref: "plan-quote.json"}
	case reflect.TypeFor[MessageID]():
		return &schema{Type: []string{"string", "number"}, MaxLength: 64}
	}
	switch t.Kind() {
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int64:
		return &schema{Type: "integer", Minimum: new(int64)}
	case reflect.Struct:
		return m.named(t)
	case reflect.String:
		if t.Name() != "string" {
			return m.named(t)
		}
		return &schema{Type: "string"}
	case reflect.Slice, reflect.Array:
		list := &schema{Type: "array", Items: m.property(place, t.Elem())}
		if t.Kind() == reflect.Array {
			list.MinItems, list.MaxItems = int64(t.Len()), int64(t.Len())
		}
		return list
	case reflect.Map:
		return &schema{Type: "object", Additional: m.property(place+".*", t.Elem())}
	}
	panic(fmt.Sprintf("no schema for %s, a %s", place, t))
}

func number(n int64) *int64 { return &n }

// vocabulary has the words of each type that is a list of words.
func vocabulary() map[reflect.Type][]string {
	codes := plain(rules.Syntax, rules.UnknownField, rules.WrongType, rules.Required, rules.OutOfRange, rules.UnknownValue, rules.Conflict)
	return map[reflect.Type][]string{
		reflect.TypeFor[rules.MessageType](): plain(rules.MessageTypes("")...),
		reflect.TypeFor[rules.Kind](): plain(rules.KindCount, rules.KindAmount, rules.KindPercent, rules.KindRate, rules.KindYesNo, rules.KindFlag,
			rules.KindChoice, rules.KindHours, rules.KindShare, rules.KindCountry, rules.KindCurrency, rules.KindDay, rules.KindTime, rules.KindTargets, rules.KindText),
		reflect.TypeFor[rules.Purpose](): plain(rules.Purposes()...),
		reflect.TypeFor[Lang]():          Langs(),
		reflect.TypeFor[rules.Reach]():   plain(rules.HoldsEverywhere, rules.HoldsOnPlatform, rules.HoldsForType),
		reflect.TypeFor[rules.Verdict](): plain(rules.Eligible, rules.Partial, rules.Depends, rules.Ineligible),
		reflect.TypeFor[rules.Outcome](): plain(rules.Pass, rules.Fail, rules.Unknown),
		reflect.TypeFor[rules.Status]():  plain(rules.Official, rules.Corroborated, rules.Single, rules.Derived, rules.Contested),
		reflect.TypeFor[rules.Code]():    codes,
		reflect.TypeFor[ErrorCode]():     append(slices.Clone(codes), plain(malformed, tooLarge, tooMany, badVersion, badOption, notAnswered)...),
	}
}

// plain returns a list of words as strings.
func plain[T ~string](list ...T) []string {
	names := make([]string, len(list))
	for i, w := range list {
		names[i] = string(w)
	}
	return names
}

// messages describes every message, and which of them a page and a frame send. The
// names begin with what the frame shows where that is no scenario.
func (m *model) messages(of, frame string, host, framed []protocolMessage) {
	m.top = "Any" + of + "Message"
	for _, side := range []struct {
		name string
		list []protocolMessage
	}{{of + "HostMessage", host}, {of + "FrameMessage", framed}} {
		union := &schema{Description: "What the page sends to " + frame + "."}
		if side.name == of+"FrameMessage" {
			union.Description = "What " + frame + " sends."
		}
		for _, message := range side.list {
			t := reflect.TypeOf(message.body)
			union.OneOf = append(union.OneOf, m.named(t))
			def := m.defs[slices.IndexFunc(m.defs, func(d member) bool { return d.name == typeName(t) })].schema
			def.Properties = append(members{
				{"ns", &schema{Const: "postage"}}, {"v", &schema{Const: protocolVersion}}, {"type", &schema{Const: message.name}},
			}, def.Properties...)
			def.Required = append([]string{"ns", "v", "type"}, def.Required...)
		}
		m.defs = append(m.defs, member{side.name, union})
	}
	m.defs = append(m.defs, member{m.top, &schema{
		Description: "A message between a page and " + frame + ", of either side.",
		OneOf:       []*schema{{Ref: "#/$defs/" + of + "HostMessage"}, {Ref: "#/$defs/" + of + "FrameMessage"}},
	}})
}

// docComments adds what the comments of Go files say about each type and field
// ("Scenario", "Scenario.On").
func docComments(docs map[string]string, files fs.FS) error {
	names, err := fs.Glob(files, "*.go")
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			group, ok := n.(*ast.GenDecl)
			if !ok || group.Tok != token.TYPE {
				return true
			}
			for _, spec := range group.Specs {
				declared := spec.(*ast.TypeSpec)
				docs[declared.Name.Name] = oneLine(group.Doc)
				if fields, ok := declared.Type.(*ast.StructType); ok {
					for _, f := range fields.Fields.List {
						for _, name := range f.Names {
							docs[declared.Name.Name+"."+name.Name] = oneLine(f.Doc, f.Comment)
						}
					}
				}
			}
			return true
		})
	}
	return nil
}

// oneLine is what comments say, without the brackets of Go's links, which mean
// nothing elsewhere. Those of an index such as audience[0] stay.
func oneLine(comments ...*ast.CommentGroup) string {
	var all []string
	for _, c := range comments {
		all = append(all, strings.Fields(docLink.ReplaceAllString(c.Text(), "$1$2"))...)
	}
	return strings.Join(all, " ")
}

var docLink = regexp.MustCompile(`(^|[\s("])\[\*?([A-Za-z_][A-Za-z0-9_.]*)\]`)

// typeScript writes the models as TypeScript.
func typeScript(models ...*model) []byte {
	var b bytes.Buffer
	b.WriteString("// Scenario, quote and messages of Postage, written by the build from the Go types.\n" +
		"// Money and rates are decimal strings such as \"0.0113\"; days are written 2026-01-31.\n")
	written := map[string]bool{}
	for _, m := range models {
		for _, d := range m.defs {
			if written[d.name] {
				continue
			}
			written[d.name] = true
			b.WriteString("\n" + jsDoc("", d.schema.Description))
			if d.schema.Type != "object" {
				fmt.Fprintf(&b, "export type %s = %s;\n", d.name, tsType(d.schema))
				continue
			}
			fmt.Fprintf(&b, "export interface %s {\n", d.name)
			for _, p := range d.schema.Properties {
				optional := "?"
				if slices.Contains(d.schema.Required, p.name) {
					optional = ""
				}
				fmt.Fprintf(&b, "%s  %s%s: %s;\n", jsDoc("  ", p.schema.Description), p.name, optional, tsType(p.schema))
			}
			b.WriteString("}\n")
		}
	}
	return b.Bytes()
}

func jsDoc(indent, text string) string {
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.ReplaceAll(text, "*/", "") + " */\n"
}

func tsType(s *schema) string {
	if s.Ref != "" {
		switch s.Ref {
		case "scenario.json":
			return "Scenario"
		case "quote.json":
			return "Quote"
		case "plan.json":
			return "Plan"
		case "plan-quote.json":
			return "PlanQuote"
		}
		return strings.TrimPrefix(s.Ref, "#/$defs/")
	}
	if s.Const != nil {
		return fmt.Sprintf("%#v", s.Const)
	}
	var parts []string
	for _, one := range s.OneOf {
		parts = append(parts, tsType(one))
	}
	for _, word := range s.Enum {
		parts = append(parts, fmt.Sprintf("%q", word))
	}
	if len(parts) > 0 {
		return strings.Join(parts, " | ")
	}
	if several, ok := s.Type.([]string); ok {
		return strings.Join(several, " | ")
	}
	switch s.Type {
	case "integer":
		return "number"
	case "array":
		item := tsType(s.Items)
		if s.MinItems == 2 && s.MaxItems == 2 {
			return "[" + item + ", " + item + "]"
		}
		if strings.Contains(item, "|") {
			item = "(" + item + ")"
		}
		return item + "[]"
	case "object":
		if value, ok := s.Additional.(*schema); ok {
			return "{ [name: string]: " + tsType(value) + " }"
		}
		var b strings.Builder
		b.WriteString("{ ")
		for _, p := range s.Properties {
			fmt.Fprintf(&b, "%q?: %s; ", p.name, tsType(p.schema))
		}
		return b.String() + "}"
	}
	return s.Type.(string)
}
