package formtest

import (
	"strings"
)

// HostileDrafts are what a script, a broken browser or a curious visitor could
// leave in the storage.
var HostileDrafts = []string{
	``, `null`, `{}`, `[]`, `"draft"`, `{"groups":0}`, `{"groups":-1}`, `{"groups":1e9}`, `{"groups":"2"}`,
	`{"groups":1,"values":null}`, `true`, `-1e999`, "\u0000", `{"v":2,"items":[{"id":1,"name":"x","link":"s=e30"}],"profiles":[{"name":"x","prices":{}}],"groups":2}`,
	`{"groups":1,"values":{"on":"` + strings.Repeat("9", 10_000) + `"}}`, strings.Repeat("[", 100_000), `{"__proto__":{"groups":2,"v":1},"constructor":{"prototype":{"hacked":1}}}`,
	`{"groups":2,"values":{"audience[1].name":"<script>alert(1)</script>","audience[0].name":"<img src=x onerror=alert(1)>"}}`,
	`{"groups":1,"values":{"message.type":"no.such.type","on":"0000-00-00","__proto__":"x","constructor":"x"}}`,
	`{"groups":1,"values":{"audience[0].recipients":"=1e999999999","perRecipient":"=-5","audience[0].hoursSinceInteraction":"=never"}}`,
	`{"groups":1,"values":{"message.type":"whatsapp.marketing","pricing.markupPercent":"=1e-999999999","audience[0].country":"<b>"}}`,
	`{"groups":1,"values":{},"carried":{"sender.country":"not JSON","audience[0].name":"\"<script>\""}}`,
	`{"groups":1,"values":{},"carried":{"audience[999999999].recipients":"1","audience[-1].recipients":"1","audience[x].name":"1","audience[":"1","audience[0][7]":"1"}}`,
	`{"groups":1,"values":{},"carried":{"message":"\"x\"","":"1",".":"1","assume.":"1","message.type.deep":"{}"}}`,
}

// What comes in from outside: links, files, what other apps share, what the
// device has kept, what partners' pages ask, what people type. FuzzLink, FuzzForm
// and FuzzDraft are beside what they are about.

// HostileNames are what a link or a file could call something.
var HostileNames = []string{
	"", " ", "Hoa Mai", "Nhóm khách lẻ", "=1+1", "=HYPERLINK(\"http://a.example\",\"x\")", "+84 912", "-5", "-5.5", "-5+cmd|' /C calc'!A0", "@SUM(A1)",
	"\t=1", "\r\n=1", "a\n=1", "a;=1", `a;"=1`, `";=1`, `"=1"`, "'=1", " =1", "\u00a0=1", "\ufeff=1", "＝1", "，", "a,=1", "a\t=1", "a|=1", "a\x00=1",
	"\u202egpj.exe", "\u2066x\u2069", "\u200b", "\u061c-1", "a\u2028=1", "\x7f\x9b", "\xff\xfe", "\xed\xa0\x80", "{name} {n}", "<img src=x onerror=alert(1)>",
	`</script><script>alert(1)</script>`, "__proto__", strings.Repeat("ă", 5_000), "👨‍👩‍👧", "1e9", "0x1F", "2026-11-21", "TRUE",
}

// HostileJSON is JSON, or nearly, that is meant to do harm.
var HostileJSON = []string{
	`{"__proto__":{"on":"2026-11-21"}}`, `{"scenario":{"__proto__":1},"postage":1}`, `{"on":"2026-11-21","on":"2020-01-01"}`, `{"scenario":null,"postage":1}`,
	`{"postage":1e0,"scenario":{}}`, `{"postage":1,"postage":2,"scenario":{}}`, `{"name":"\ud800","postage":1,"scenario":{}}`, "{\"\xff\":1}", "{\"\u202e\":1}",
	`{"on":1e999999999}`, `{"audience":[` + strings.Repeat(`{},`, 2_000) + `{}]}`, strings.Repeat(`{"":`, 200) + "1" + strings.Repeat("}", 200), strings.Repeat("[", 20_000),
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":-1}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"hoursSinceInteraction":1e-999999999}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"hoursSinceInteraction":NaN}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"name":"\u0000<img>\u202e"}]}`,
	"{\"on\":\"2026-11-21\",\"message\":{\"type\":\"zalo.uid.consultation\"},\"audience\":[{\"recipients\":1,\"name\":\"a\xff\xfeb\\ud800\"}]}",
	`{"on":"2026-11-21","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":1,"country":"__"}],"pricing":{"convert":{"currency":"VND","rates":{"__proto__":"1"}}}}`,
}

const Jakarta = `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},
	"audience":[{"name":"=Jakarta, \"all\"","recipients":50000,"country":"ID","optedIn":true},{"name":"-Bali","recipients":1,"country":"ID","optedIn":false}],
	"pricing":{"markupPercent":"10","convert":{"currency":"VND","rates":{"USD":"26000.125"}}}}`

// A memory is a storage without an end.
type Memory map[string]string

func (m Memory) Read(key string) (string, bool) { return m[key], true }

func (m Memory) Write(key, text string) bool {
	m[key] = text
	return true
}
