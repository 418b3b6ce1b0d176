package site

import (
	"crypto/sha512"
	"encoding/base64"
	"io/fs"
	"strings"

	"postage/app/pages"
	"postage/rules"
	"postage/web/protocol"
)

// Loader is the script that partners put into their pages.
const Loader = protocol.Folder + "postage.js"

// addPartnerFiles adds what partners load into their pages, and tells the shell
// how it is to be named there.
func (b *Builder) addPartnerFiles(files Files, s *shell) error {
	written, err := protocol.Files(b.tree)
	if err != nil {
		return err
	}
	for name, content := range written {
		files[name] = content
	}
	for _, name := range []string{"postage.js", "postage.d.ts"} {
		if files[protocol.Folder+name], err = fs.ReadFile(assetFiles, "assets/"+name); err != nil {
			return err
		}
	}
	s.Integrity = Integrity(files[Loader])
	var lists []string
	for _, channel := range rules.Channels() {
		var types []string
		for _, t := range rules.MessageTypes(channel) {
			types = append(types, string(t))
		}
		lists = append(lists, string(channel)+"="+strings.Join(types, ","))
	}
	s.Types = strings.Join(lists, " ")
	return nil
}

// Integrity is what a page gives so that its browser takes a file only as it is.
func Integrity(content []byte) string {
	hash := sha512.Sum384(content)
	return "sha384-" + base64.StdEncoding.EncodeToString(hash[:])
}

// forPartners reports whether a file is for the pages of partners alone, which
// visitors of the site do not need offline.
func forPartners(name string) bool {
	if inOpenFolder(name) || strings.HasPrefix(name, "assets/frame.") {
		return true
	}
	for _, page := range pages.Pages() {
		if page.Frame && name == strings.TrimPrefix(page.Path, "/")+"index.html" {
			return true
		}
	}
	return false
}
