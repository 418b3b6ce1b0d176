//go:build full

package rules

func init() {
	disturbed = 10_000
	exampleRooms = []string{"./rules/...", "./app/screen", "./app/model", "./app/report", "./app/pages", "./app/plan", "./app/planning", "./app/listing", "./app/auditing", "./app/contacts"}
}
