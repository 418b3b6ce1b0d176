package kit

import (
	"strings"

	"postage/app/words"
)

// HomePath is the address of the calculator in a language; the default language
// has the site's root.
func HomePath(code string) string {
	if code == words.Codes[0] {
		return "/"
	}
	return "/" + code + "/"
}

// PlanPath is the address of the page with the plan.
func PlanPath(code string) string { return HomePath(code) + "plan/" }

// ListPath is the address of the page with a list of contacts.
func ListPath(code string) string { return HomePath(code) + "list/" }

// AuditPath is the address of the page with a bill.
func AuditPath(code string) string { return HomePath(code) + "audit/" }

// RulesPath is the address of the page with the book.
func RulesPath(code string) string { return HomePath(code) + "rules/" }

// AboutPath is the address of the page on the method and the licences.
func AboutPath(code string) string { return HomePath(code) + "about/" }

// FramePath is the address of the calculator for a frame in a partner's page.
func FramePath(code string) string { return HomePath(code) + "embed/" }

// PlanFramePath is the address of the plan for such a frame.
func PlanFramePath(code string) string { return FramePath(code) + "plan/" }

// PartnersPath is the address of the page that tells partners how to use it.
func PartnersPath(code string) string { return HomePath(code) + "partners/" }

// DesignPath is the address of the page that shows every part.
func DesignPath(code string) string { return HomePath(code) + "design/" }

// Relative is the link from one path of the site to another.
func Relative(from, to string) string {
	return "./" + strings.Repeat("../", strings.Count(from, "/")-1) + strings.TrimPrefix(to, "/")
}

// AddToPlan begins a fragment of the plan's address that holds a plan in JSON, as
// base64url: its messages are put into the plan.
const AddToPlan = "add="
