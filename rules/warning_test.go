package rules_test

import (
	"slices"
	"testing"

	"postage/rules"
)

// What a platform does not let through although no check looks at it is told: the
// templates that Zalo does not approve, a broadcast a day, and how often a subscription
// is for.
func TestWhatIsNotLetThroughIsTold(t *testing.T) {
	zns := func(template string) string {
		return `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{` + template + `}},"audience":[{"recipients":10}]}`
	}
	recurring := func(on string) string {
		return `{"on":"` + on + `","message":{"type":"messenger.recurring-notification"},"audience":[{"recipients":10}]}`
	}
	broadcast := func(each string) string {
		return `{"on":"2026-11-21","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":10}],"perRecipient":` + each + `}`
	}
	warnings := []string{
		"zalo.template.otp-plain", "zalo.template.image-needs-button", "zalo.template.three-buttons", "zalo.template.rating-plain", "zalo.broadcast.daily",
		"messenger.recurring-notification.frequency", "messenger.recurring-notification.daily",
	}
	for scenario, want := range map[string]string{
		zns(`"kind":"otp","buttons":["call"]`):                                      "zalo.template.otp-plain",
		zns(`"kind":"otp","buttons":1`):                                             "zalo.template.otp-plain",
		zns(`"kind":"otp","image":true`):                                            "zalo.template.otp-plain",
		zns(`"kind":"otp","buttons":["copy"]`):                                      "",
		zns(`"kind":"custom","image":true`):                                         "zalo.template.image-needs-button",
		zns(`"kind":"custom","image":true,"buttons":["oa-page"]`):                   "",
		zns(`"kind":"custom","buttons":["oa-page","call","mini-app","oa-article"]`): "zalo.template.three-buttons",
		zns(`"kind":"custom","buttons":3`):                                          "",
		zns(`"kind":"rating","image":true`):                                         "zalo.template.rating-plain",
		zns(`"kind":"rating"`):                                                      "",
		broadcast("2"):                                                              "zalo.broadcast.daily",
		broadcast("1"):                                                              "",
		recurring("2022-05-19"):                                                     "messenger.recurring-notification.frequency",
		recurring("2023-02-01"):                                                     "messenger.recurring-notification.frequency",
		recurring("2023-02-02"):                                                     "messenger.recurring-notification.daily",
		recurring("2025-08-31"):                                                     "messenger.recurring-notification.daily",
		recurring("2025-09-01"):                                                     "",
	} {
		s, err := rules.Decode([]byte(scenario))
		if err != nil {
			t.Fatalf("%s: %v", scenario, err)
		}
		q, err := rules.Evaluate(s)
		if err != nil {
			t.Fatalf("%s: %v", scenario, err)
		}
		told := ""
		for i, n := range q.Notices {
			if slices.Contains(warnings, n.Code) {
				told += n.Code
				if s.Message.Type == rules.ZNS && i > 0 {
					t.Errorf("%s: the warning stands behind %s", scenario, q.Notices[0].Code)
				}
			}
		}
		if told != want {
			t.Errorf("%s: told is %q, not %q", scenario, told, want)
		}
	}
}
