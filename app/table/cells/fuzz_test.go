package cells

import (
	"bytes"
	"errors"
	"testing"
)

// FuzzSheet: the same for what stands in a workbook, behind its packing.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c><v>912345678</v></c></row></worksheet>`, `<sst><si><t>Phone</t></si></sst>`, `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`)
	f.Add(`<x:worksheet><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>`, `<sst><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>`)
	f.Add(`<worksheet><row r="1"><c t="b" s="0"><v>1</v></c><c s="0"><v>46323.5</v></c>`, `<!DOCTYPE a>`, `<a><![CDATA[ ]]>&lt;`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		data := parts(t,
			"xl/workbook.xml", `<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="c" Type="x/styles" Target="y.xml"/></Relationships>`,
			"xl/s.xml", sheet, "xl/t.xml", shared, "xl/y.xml", styles)
		err := goThrough(bytes.NewReader(data), int64(len(data)), Options{})
		wrong := new(Error)
		if err != nil && (!errors.As(err, &wrong) || wrong.Error() == "") {
			t.Errorf("%v", err)
		}
	})
}
