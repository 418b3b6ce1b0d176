package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"

	"postage/web/protocol"
)

// CoreFolder is where the rules without a page are published. The path stays
// the same as long as what works with it goes on working.
const CoreFolder = "core/v1/"

// addCore adds the rules without a page: the module that partners import, its
// types, and the program.
func (b *Builder) addCore(files Files, o Options) error {
	wasm, err := b.compiler.Compile("./wasm/core")
	if err != nil {
		return err
	}
	exec, err := b.wasmExec()
	if err != nil {
		return err
	}
	source, err := fs.ReadFile(assetFiles, "assets/core.js")
	if err != nil {
		return err
	}
	hash := sha256.Sum256(wasm)
	name := "postage." + hex.EncodeToString(hash[:6]) + ".wasm"
	program, err := json.Marshal(map[string]string{
		"file": name, "integrity": Integrity(wasm), "version": hex.EncodeToString(hash[:6]), "built": o.Date,
	})
	if err != nil {
		return err
	}
	files[CoreFolder+name] = wasm
	files[CoreFolder+"postage.js"] = coreModule(program, exec, source)
	// For Node, to which a folder is a package, and a file of no package not a module.
	files[CoreFolder+"package.json"], err = json.MarshalIndent(map[string]any{
		"name": "postage-core", "version": "1.0.0", "private": true, "type": "module", "exports": map[string]string{"types": "./postage.d.ts", "default": "./postage.js"},
	}, "", "  ")
	if err != nil {
		return err
	}
	types, err := fs.ReadFile(assetFiles, "assets/core.d.ts")
	files[CoreFolder+"postage.d.ts"] = slices.Concat([]byte("// Every field that a scenario or a plan may have, with its limits and its values by day: ../../"+protocol.FieldsFolder+"\n"), types)
	return err
}

// coreModule puts the module together. The script of the Go distribution leaves
// what it makes in the global object, and what it misses there too; within a
// function it has a global object of its own.
func coreModule(program, exec, source []byte) []byte {
	return slices.Concat(
		[]byte("const program = "), program, []byte(";\n"),
		[]byte("const Go = ((globalThis) => {\nconst fs = { writeSync: (file, bytes) => bytes.length };\n"), exec,
		[]byte("return globalThis.Go;\n})({ crypto, performance, TextEncoder, TextDecoder });\n"), source)
}
