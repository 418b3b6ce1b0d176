package site

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func TestCleanMarkupSaysWhatTheComponentsSay(t *testing.T) {
	tests := []struct {
		name string
		ui   goapp.UI
		want string
	}{
		{
			"attributes are sorted",
			goapp.A().Title("t").Href("/en/").ID("x").Class("c"),
			`<a class="c" href="/en/" id="x" title="t"></a>`,
		},
		{
			"quotes, backslashes, ampersands and no-break spaces survive",
			goapp.P().Title(`a "b" \ <c> & d`).Attr("data-price", "1.234\u00a0₫"),
			"<p data-price=\"1.234\u00a0₫\" title=\"a &#34;b&#34; \\ &lt;c&gt; &amp; d\"></p>",
		},
		{
			"a newline in a value survives",
			goapp.P().Title("a\nb"),
			"<p title=\"a\nb\"></p>",
		},
		{
			"false booleans are left out and true ones are bare",
			goapp.Input().Type("checkbox").Checked(false).Disabled(true).Required(false),
			`<input disabled type="checkbox">`,
		},
		{
			"hidden false is left out",
			goapp.Div().Hidden(false),
			`<div></div>`,
		},
		{
			"the word true is restored where it counts",
			goapp.Button().Aria("pressed", true).Aria("expanded", false).Attr("data-on", "true").Spellcheck(true),
			`<button aria-expanded="false" aria-pressed="true" data-on="true" spellcheck="true"></button>`,
		},
		{
			"an empty alternative text stays empty",
			goapp.Img().Alt("").Src("x.svg"),
			`<img alt src="x.svg">`,
		},
		{
			"newlines between children are taken out",
			goapp.P().Body(goapp.Text("a "), goapp.B().Text("b"), goapp.Text(", c")),
			`<p>a <b>b</b>, c</p>`,
		},
		{
			"text of one child keeps its newlines",
			goapp.Pre().Text("a\nb\n"),
			"<pre>a\nb\n</pre>",
		},
		{
			"text is escaped once",
			goapp.P().Text(`<b> & "c"`),
			`<p>&lt;b&gt; &amp; &#34;c&#34;</p>`,
		},
		{
			"void elements do not swallow what follows",
			goapp.Div().Body(goapp.Input().ID("a"), goapp.Br(), goapp.Span().Text("x")),
			`<div><input id="a"><br><span>x</span></div>`,
		},
		{
			"the value of a textarea is its content",
			goapp.Textarea().ID("t").Attr("value", "<a>\nb"),
			"<textarea id=\"t\">\n&lt;a&gt;\nb</textarea>",
		},
		{
			"a drawing keeps its closed tags",
			goapp.Raw(`<svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>`),
			`<svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 8 { // go-app's order is random
				got, err := cleanMarkup(goapp.HTMLString(test.ui))
				if err != nil {
					t.Fatal(err)
				}
				if got != test.want {
					t.Fatalf("got  %s\nwant %s", got, test.want)
				}
			}
		})
	}
}

func TestCleanMarkupRefuses(t *testing.T) {
	tests := []struct{ name, markup, want string }{
		{"a style attribute", `<p style="color:red;"></p>`, "style"},
		{"an event handler", `<p onclick="x()"></p>`, "onclick"},
		{"a script", `<script>x()</script>`, "<script>"},
		{"an element left open", `<p>`, "not closed"},
		{"tags that cross", `<p><b></p></b>`, "closes <b>"},
		{"a stray end tag", `</p>`, "closes nothing"},
		{"a value that may be a character reference", `<p title="&amp;"></p>`, "character reference"},
		{"a value in single quotes", `<p title='x'></p>`, "quoted"},
		{"an attribute set twice", `<p id="a" id="b"></p>`, "twice"},
		{"a comment", `<!-- x --><p></p>`, "not a tag"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := cleanMarkup(test.markup)
			if err == nil {
				t.Fatalf("no error, but %q", out)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %q does not mention %q", err, test.want)
			}
		})
	}
}

func FuzzCleanMarkup(f *testing.F) {
	f.Add(`<p id="a">x</p>`)
	f.Add("<div>\n<input checked=\"false\">\n<b>c</b>\n</div>")
	f.Fuzz(func(t *testing.T, markup string) {
		once, err := cleanMarkup(markup)
		if err != nil {
			return
		}
		if again, err := cleanMarkup(markup); err != nil || again != once {
			t.Fatalf("a second pass gives %q, %v; the first gave %q", again, err, once)
		}
	})
}
