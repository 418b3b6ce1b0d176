package slim

import "embed"

// Modules that are compiled from a copy.
const (
	goAppPath   = "github.com/maxence-charriere/go-app/v9"
	uuidPath    = "github.com/google/uuid"
	decimalPath = "github.com/shopspring/decimal"
)

// standInFiles are the files that stand in for others.
//
//go:embed standins
var standInFiles embed.FS

// A module is one that is compiled from a copy.
type module struct {
	path, folder string
	// packages are the folders that are copied.
	packages []string
	requires string // the end of its go.mod
}

var modules = []module{
	{path: goAppPath, folder: "go-app", packages: []string{"pkg/app", "pkg/errors"}, requires: "\nrequire " + uuidPath + " v1.3.0\n"},
	{path: uuidPath, folder: "uuid"},
	{path: decimalPath, folder: "decimal", packages: []string{"."}},
}

// A piece is one of the things that make a program smaller.
type piece struct {
	name string
	// needs are the pieces without which this one does not compile: what they leave
	// out asks for more than this one has.
	needs []string

	// Of a module: the files to leave out, those to put in, and what to take out of
	// others.
	module string
	drop   []string
	put    map[string]string
	edit   map[string]edit

	// Of the standard library: the package that is compiled from a file instead, or from
	// it and the package's own but for those to drop, and what of the repository goes into
	// it.
	library, file, shared string
}

// Pieces that change how Go compiles and links, by their names.
const (
	apart  = "functions-apart"
	memory = "memory"
	lines  = "lines"
	names  = "names"
	places = "places"
)

// pieces are all of them. README.md says what each saves.
var pieces = []piece{
	{
		name: "server", module: goAppPath,
		drop: []string{"pkg/app/http.go", "pkg/app/resource.go", "pkg/app/static.go", "pkg/app/wasm.go"},
		put:  map[string]string{"pkg/app/server.go": "server.go.txt"},
		edit: map[string]edit{"pkg/app/app.go": {functions: []string{"Getenv"}, imports: map[string]string{"os": ""}}},
	},
	{
		name: "errors", module: goAppPath,
		put:  map[string]string{"pkg/errors/place.go": "errors.go.txt"},
		edit: map[string]edit{"pkg/errors/errors.go": {functions: []string{"makeError"}, imports: map[string]string{"path/filepath": "", "runtime": ""}}},
	},
	{
		name: "routes", module: goAppPath,
		drop: []string{"pkg/app/route.go"},
		put:  map[string]string{"pkg/app/route.go": "route.go.txt"},
	},
	{
		name: "encryption", module: goAppPath,
		drop: []string{"pkg/app/crypto.go"},
		put:  map[string]string{"pkg/app/crypto.go": "crypto.go.txt"},
	},
	{
		name: "states", module: goAppPath,
		drop: []string{"pkg/app/state.go", "pkg/app/storage.go", "pkg/app/notification.go"},
		put:  map[string]string{"pkg/app/state.go": "state.go.txt"},
	},
	{
		name: "mount", module: goAppPath, needs: []string{"server"}, // which writes raw markup
		drop: []string{"pkg/app/raw.go", "pkg/app/testing.go"},
		put:  map[string]string{"pkg/app/mount.go": "mount.go.txt"},
		edit: map[string]edit{
			"pkg/app/component.go": {functions: []string{"mount", "canUpdateWith", "onNav"}},
			"pkg/app/html.go":      {functions: []string{"mount", "JSValue", "updateWith", "removeChildAt"}},
			"pkg/app/node.go":      {functions: []string{"mount"}},
			"pkg/app/text.go":      {functions: []string{"mount", "JSValue"}, imports: map[string]string{goAppPath + "/pkg/errors": ""}},
		},
	},
	{
		name: "loop", module: goAppPath,
		put:  map[string]string{"pkg/app/start.go": "start.go.txt"},
		edit: map[string]edit{"pkg/app/engine.go": {functions: []string{"start"}, imports: map[string]string{"context": "", "time": ""}}},
	},
	{
		name: "uuid", module: uuidPath,
		put: map[string]string{"uuid.go": "uuid.go.txt"},
	},
	{
		name: "decimal", module: decimalPath,
		drop: []string{"math.go"},
		put: map[string]string{
			"big/big.go": "big.go.txt",
			"fmt/fmt.go": "texts.go.txt",
		},
		edit: map[string]edit{
			"const.go": {imports: map[string]string{"math/big": decimalPath + "/big"}},
			"decimal.go": {
				functions: []string{
					"NewFromUint64", "NewFromBigRat", "NewFromBigFloat", "NewFromFormattedString", "NewFromFloat",
					"NewFromFloat32", "newFromFloat", "NewFromFloatWithExponent", "Normalize", "BigFloat", "Rat",
					"Float64", "InexactFloat64", "RoundBank", "StringFixedBank", "RoundCash", "StringFixedCash", "Floor", "Ceil", "Format", "formatString", "fmtDirective", "formatFixed", "goSyntax",
				},
				imports: map[string]string{"fmt": decimalPath + "/fmt", "math/big": decimalPath + "/big", "io": "", "regexp": ""},
			},
			"encoding.go": {
				functions: []string{
					"UnmarshalBinary", "MarshalBinary", "Scan", "Value", "GobEncode", "GobDecode", "DecodeSpanner",
					"EncodeSpanner", "MarshalBSONValue", "UnmarshalBSONValue", "encodeDecimal128", "decodeDecimal128",
				},
				imports: map[string]string{"fmt": decimalPath + "/fmt", "database/sql/driver": "", "encoding/binary": "", "math": "", "math/big": decimalPath + "/big", "reflect": ""},
			},
		},
	},
	{name: "json", library: "encoding/json", file: "json.go.txt", shared: "rules/jsontext.go"},
	{name: "fmt", needs: []string{"server", "encryption", "uuid", "decimal"}, library: "fmt", file: "fmt.go.txt"},
	{name: "context", needs: []string{"server"}, library: "context", file: "context.go.txt"},
	{name: "embed", library: "embed", file: "embed.go.txt"},
	{
		name: "floats", library: "internal/strconv", file: "floats.go.txt",
		drop: []string{"ftoadbox.go", "ftoafixed.go", "atofeisel.go", "pow10tab.go", "math.go"},
	},
	{name: "godebug", library: "internal/godebug", file: "godebug.go.txt"},
	{name: "url", needs: []string{"server"}, library: "net/url", file: "url.go.txt"},
	{name: apart}, {name: memory}, {name: lines}, {name: names}, {name: places},
}

// compilerFlags keep functions out of each other, which makes the compressed
// program a twelfth smaller. The runtime is left as it is: with that, a page
// comes to life as fast as before.
var compilerFlags = []string{
	"-gcflags=all=-l", "-gcflags=runtime=", "-gcflags=internal/runtime/...=", "-gcflags=internal/abi=", "-gcflags=internal/bytealg=",
}

// quick are the programs that work through a million rows: what functions in each other
// cost them in bytes they give back as speed. No page waits for them to start.
var quick = []string{"./wasm/list"}
