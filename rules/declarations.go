//go:build !js

package rules

import (
	"embed"
	"io/fs"
)

//go:embed answer.go book.go codes.go compare.go error.go fields.go list_config.go message.go opt.go plan.go pricing.go questions.go quote.go scenario.go segment.go sender.go types.go
var declarations embed.FS

// Declarations are the Go files in which scenarios, plans, quotes and their fields are
// declared. What their comments say of a field the published schemas and the page of
// fields say too, wherever they are written.
func Declarations() fs.FS { return declarations }
