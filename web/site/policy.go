package site

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// policy is the content security policy of the pages: their own files and
// nothing else, no inline script but the one of this text, no inline style, no
// request elsewhere, and no text that becomes markup or a script.
var policy = sync.OnceValue(func() string {
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' " + askSource() + "; style-src 'self'; " +
		"img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default"
})

// askScript is the script that stands in the head of each page with a program. Where a
// host sends the policy of another version of it, the browser does not run it, and the
// page's script asks for the program, later.
var askScript = sync.OnceValues(func() ([]byte, error) {
	content, err := assetFiles.ReadFile("assets/ask.js")
	if err != nil {
		return nil, err
	}
	return minified("ask.js", content)
})

// askSource is how a policy names that script.
func askSource() string {
	content, _ := askScript() // a build fails without it
	hash := sha256.Sum256(content)
	return "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
}

// withoutFrames is a policy for a page that has no frame in it.
func withoutFrames(policy string) string {
	return strings.Replace(policy, "frame-src 'self'; ", "", 1)
}

// withoutProgram is a policy for a page that has no program.
func withoutProgram(policy string) string {
	return strings.NewReplacer(" 'wasm-unsafe-eval' "+askSource(), "", "trusted-types default", "trusted-types 'none'").Replace(policy)
}

// policyInFrames is a policy for the pages in the frames of partners. A frame in a
// sandbox without allow-same-origin has no origin of its own, and in WebKit
// 'self' then means nothing; so the site is named, where the build knows its
// origin.
func policyInFrames(policy, origin string) string {
	if origin == "" {
		return policy
	}
	return strings.ReplaceAll(policy, "'self'", "'self' "+origin)
}

var hashedName = regexp.MustCompile(`^assets/[a-z-]+\.[0-9a-f]{12}\.[a-z]+$`)

// openFolders are the folders whose files other sites may use, beside those
// whose names hold their hash.
var openFolders = []string{"core/v1/", "embed/v1/"}

// Hashed reports whether the name of a file holds its hash, so that it never
// changes.
func Hashed(name string) bool { return hashedName.MatchString(name) }

// OpenToAll reports whether scripts of other origins may read a file. A frame
// without allow-same-origin fetches the program from an origin that is not ours.
func OpenToAll(name string) bool {
	return Hashed(name) || inOpenFolder(name)
}

func inOpenFolder(name string) bool {
	return slices.ContainsFunc(openFolders, func(folder string) bool { return strings.HasPrefix(name, folder) })
}

// framePage is the pages that other sites may show in a frame, in each language.
var framePage = regexp.MustCompile(`^([a-z]{2}/)?embed/(plan/)?(index\.html)?$`)

// ForFrames reports whether a file is one of those.
func ForFrames(name string) bool { return framePage.MatchString(name) }

// SentPolicy is the policy that is sent with a file. It also says which sites may
// show the file in a frame, which a page cannot say itself.
func SentPolicy(name, origin string) string {
	if ForFrames(name) {
		return policyInFrames(policy(), origin) + "; frame-ancestors *"
	}
	return policy() + "; frame-ancestors 'self'"
}

// headersFile is the file _headers by which hosts of static sites, such as
// Cloudflare Pages and Netlify, learn the headers of each path. Those hosts join
// the values of all rules that fit, so no two rules set the same header for a
// path: each page has a rule of its own.
func headersFile(base, origin string, pages []string) []byte {
	var b strings.Builder
	for _, page := range pages {
		fmt.Fprintf(&b, "%s\n  Content-Security-Policy: %s\n  Referrer-Policy: no-referrer\n",
			Address(base, page), SentPolicy(strings.TrimPrefix(page, "/"), origin))
	}
	fmt.Fprintf(&b, "%s*\n  X-Content-Type-Options: nosniff\n", base)
	fmt.Fprintf(&b, "%sassets/*\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n", base)
	for _, folder := range openFolders {
		fmt.Fprintf(&b, "%s%s*\n  Access-Control-Allow-Origin: *\n", base, folder)
	}
	return []byte(b.String())
}
