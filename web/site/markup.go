package site

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// cleanMarkup turns what go-app's HTMLString writes into HTML that means what
// the same components mean in the browser, and that is the same every time:
//
//   - go-app quotes attribute values as Go strings; they are escaped as HTML.
//   - It writes attributes in random order; they are sorted by name.
//   - It writes checked="false", which HTML reads as checked; boolean
//     attributes that are false are left out.
//   - It writes a value of "true" as a bare name, which HTML reads as the
//     empty string; where the word counts, as in aria-pressed, it is restored.
//   - It puts a newline around each of several children, which HTML reads as
//     a space and the browser's program never makes; those are taken out.
//   - A textarea's value, a property in the browser, becomes its content.
//
// Markup that the site's content security policy refuses (style attributes,
// event handlers, scripts) is an error, and so is anything go-app would write
// only by way of goapp.Raw that cannot be told apart from its Go quoting.
func cleanMarkup(markup string) (string, error) {
	c := cleaner{rest: markup, size: len(markup)}
	for c.rest != "" {
		if err := c.next(); err != nil {
			return "", fmt.Errorf("markup at byte %d: %w", c.offset(), err)
		}
	}
	if len(c.open) > 0 {
		return "", fmt.Errorf("element %s is not closed", c.open[len(c.open)-1].tag)
	}
	return c.out.String(), nil
}

// A cleaner is the state of cleanMarkup between two tokens.
type cleaner struct {
	out  strings.Builder
	rest string
	size int
	open []element
}

// An element is one whose end tag is still to come.
type element struct {
	tag string
	// spaced is set when go-app has put newlines around the children, which it
	// does when there is more than one.
	spaced bool
}

type attribute struct {
	name  string
	value string
	bare  bool
}

func (c *cleaner) offset() int { return c.size - len(c.rest) }

func (c *cleaner) next() error {
	switch {
	case strings.HasPrefix(c.rest, "</"):
		return c.endTag()
	case strings.HasPrefix(c.rest, "<"):
		return c.startTag()
	default:
		c.text()
		return nil
	}
}

// text writes the characters up to the next tag. They are escaped already.
func (c *cleaner) text() {
	end := strings.IndexByte(c.rest, '<')
	if end < 0 {
		end = len(c.rest)
	}
	text := c.rest[:end]
	c.rest = c.rest[end:]
	if len(c.open) > 0 && c.open[len(c.open)-1].spaced {
		if strings.Trim(text, "\n") == "" {
			return
		}
		text = strings.TrimSuffix(strings.TrimPrefix(text, "\n"), "\n")
	}
	c.out.WriteString(text)
}

func (c *cleaner) endTag() error {
	end := strings.IndexByte(c.rest, '>')
	if end < 0 {
		return fmt.Errorf("end tag without >")
	}
	tag := strings.TrimSpace(c.rest[2:end])
	if len(c.open) == 0 {
		return fmt.Errorf("</%s> closes nothing", tag)
	}
	if open := c.open[len(c.open)-1].tag; open != tag {
		return fmt.Errorf("</%s> closes <%s>", tag, open)
	}
	c.open = c.open[:len(c.open)-1]
	c.out.WriteString(c.rest[:end+1])
	c.rest = c.rest[end+1:]
	return nil
}

func (c *cleaner) startTag() error {
	rest := c.rest[1:]
	tag := rest[:nameLength(rest)]
	switch {
	case tag == "" || !isLetter(tag[0]):
		return fmt.Errorf("%.20q is not a tag", c.rest)
	case tag == "script" || tag == "style":
		return fmt.Errorf("a page has no <%s>: the content security policy refuses it", tag)
	}
	rest = rest[len(tag):]

	var attributes []attribute
	closed := false // by "/>", as in SVG
	for {
		rest = strings.TrimLeft(rest, " \n\t")
		if strings.HasPrefix(rest, "/>") {
			closed = true
			rest = rest[1:]
		}
		if strings.HasPrefix(rest, ">") {
			rest = rest[1:]
			break
		}
		a, after, err := readAttribute(rest)
		if err != nil {
			return fmt.Errorf("<%s>: %w", tag, err)
		}
		if i := slices.IndexFunc(attributes, func(b attribute) bool { return b.name == a.name }); i >= 0 {
			return fmt.Errorf("<%s>: %s is set twice", tag, a.name)
		}
		attributes = append(attributes, a)
		rest = after
	}
	c.rest = rest

	slices.SortFunc(attributes, func(a, b attribute) int { return strings.Compare(a.name, b.name) })
	content := ""
	c.out.WriteString("<" + tag)
	for _, a := range attributes {
		if tag == "textarea" && a.name == "value" {
			content = a.value
			continue
		}
		c.attribute(a)
	}
	if closed {
		c.out.WriteString("/>")
		return nil
	}
	c.out.WriteString(">")
	if content != "" {
		// HTML drops one newline after the tag, so that one is not missed.
		c.out.WriteString("\n" + html.EscapeString(content))
	}
	if !slices.Contains(voidTags, tag) {
		c.open = append(c.open, element{tag: tag, spaced: strings.HasPrefix(rest, "\n")})
	}
	return nil
}

func (c *cleaner) attribute(a attribute) {
	if slices.Contains(booleanAttributes, a.name) {
		if a.bare || a.value != "false" {
			c.out.WriteString(" " + a.name)
		}
		return
	}
	if a.bare && takesTrue(a.name) {
		a.value = "true"
	}
	c.out.WriteString(" " + a.name)
	if !a.bare || a.value != "" {
		c.out.WriteString(`="` + html.EscapeString(a.value) + `"`)
	}
}

// readAttribute reads one attribute and returns what follows it.
func readAttribute(s string) (attribute, string, error) {
	n := nameLength(s)
	if n == 0 {
		return attribute{}, "", fmt.Errorf("%.20q is not an attribute", s)
	}
	a := attribute{name: s[:n]}
	s = s[n:]
	if a.name == "style" || strings.HasPrefix(a.name, "on") {
		return attribute{}, "", fmt.Errorf("the content security policy refuses the attribute %s", a.name)
	}
	if !strings.HasPrefix(s, "=") {
		a.bare = true
		return a, s, nil
	}
	quoted, err := strconv.QuotedPrefix(s[1:])
	if err != nil || quoted[0] != '"' {
		return attribute{}, "", fmt.Errorf("the value of %s is not quoted as go-app quotes", a.name)
	}
	a.value, err = strconv.Unquote(quoted)
	if err != nil {
		return attribute{}, "", fmt.Errorf("the value of %s: %w", a.name, err)
	}
	if html.UnescapeString(a.value) != a.value {
		return attribute{}, "", fmt.Errorf("the value of %s, %q, may be a character reference or may not", a.name, a.value)
	}
	return a, s[1+len(quoted):], nil
}

// nameLength returns the length of the tag or attribute name at the start of s.
func nameLength(s string) int {
	n := strings.IndexAny(s, " \n\t=>/\"'<")
	if n < 0 {
		return len(s)
	}
	return n
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

// takesTrue reports whether an attribute written as a bare name stands for the
// word "true".
func takesTrue(name string) bool {
	return strings.HasPrefix(name, "aria-") || strings.HasPrefix(name, "data-") ||
		name == "contenteditable" || name == "draggable" || name == "spellcheck"
}

var voidTags = []string{
	"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
}

var booleanAttributes = []string{
	"allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer", "disabled",
	"formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule", "novalidate",
	"open", "playsinline", "readonly", "required", "reversed", "selected",
}
