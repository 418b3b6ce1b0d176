package browsers

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
)

// WatchedSite adds to the pages that WebKit fetches the script that watches them,
// as a file of the site, which its policy allows. What a worker fetches to keep
// stays as it is. The script first is run before it; it may be empty.
func WatchedSite(site http.Handler, first string) http.Handler {
	const path = "/test-watch.js"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			w.Write([]byte(first + watch))
			return
		}
		if !strings.Contains(r.UserAgent(), "AppleWebKit") || r.Header.Get("Sec-Fetch-Mode") != "navigate" {
			site.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		r.Header.Del("If-None-Match")
		site.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.Header().Del("ETag")
		w.WriteHeader(answer.Code)
		w.Write(bytes.Replace(answer.Body.Bytes(), []byte("</title>"), []byte(`</title><script src="`+path+`"></script>`), 1))
	})
}

// Kept is an expression for what has gone wrong in a watched document since it was
// last asked: a list of texts, to be read by [Problems].
const Kept = `window.postageWatched?.splice(0) ?? []`

// Problems reads the value of [Kept].
func Problems(value json.RawMessage) (list []string, err error) {
	err = json.Unmarshal(value, &list)
	return list, err
}

// watch has a document keep what goes wrong in it, for the browsers that do not
// tell of everything themselves.
const watch = `
	if (!("postageWatched" in window)) {
		const kept = () => JSON.parse(sessionStorage.getItem("test.watched") ?? "[]");
		const problems = [];
		try { problems.push(...kept()); sessionStorage.removeItem("test.watched"); } catch {}
		Object.defineProperty(window, "postageWatched", { value: problems });
		const note = (...words) => { problems.push(words.map((word) => word?.stack ? word + " " + word.stack : String(word)).join(" ")); };
		const { error } = console;
		console.error = (...words) => {
			if (!words.some((word) => word?.name === "AbortError")) note("console:", ...words); // the page is being left
			error.apply(console, words);
		};
		addEventListener("error", (event) => {
			if (event instanceof ErrorEvent) note("exception:", event.message, event.filename);
			else if (!(event instanceof CustomEvent)) note("not loaded:", event.target.src ?? event.target.href);
		}, true);
		addEventListener("unhandledrejection", (event) => note("exception:", event.reason));
		document.addEventListener("securitypolicyviolation", (event) => {
			if (!event.blockedURI.endsWith("/favicon.ico")) note("policy:", event.violatedDirective, event.blockedURI, event.sourceFile); // which the browser itself asks for
		});
		addEventListener("pagehide", () => { try { if (problems.length) sessionStorage.setItem("test.watched", JSON.stringify(problems.splice(0))); } catch {} });
	}`
