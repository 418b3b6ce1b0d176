package main

import "encoding/json"

// Colours of the browser's own surfaces around the page.
const (
	colorPaper     = "#f6f1e8"
	colorInk       = "#1f4fa0"
	colorPaperDark = "#14171c"
)

const description = "Giá và quy định gửi tin qua Zalo, ZNS, Messenger và WhatsApp: được gửi hay không, và tốn bao nhiêu."

// manifest returns the web app manifest of a site at base.
func manifest(base string) ([]byte, error) {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	content, err := json.MarshalIndent(struct {
		ID              string   `json:"id"`
		Name            string   `json:"name"`
		ShortName       string   `json:"short_name"`
		Description     string   `json:"description"`
		StartURL        string   `json:"start_url"`
		Scope           string   `json:"scope"`
		Display         string   `json:"display"`
		BackgroundColor string   `json:"background_color"`
		ThemeColor      string   `json:"theme_color"`
		Lang            string   `json:"lang"`
		Dir             string   `json:"dir"`
		Categories      []string `json:"categories"`
		Icons           []icon   `json:"icons"`
	}{
		ID: base, Name: "Postage", ShortName: "Postage", Description: description,
		StartURL: base, Scope: base, Display: "standalone",
		BackgroundColor: colorPaper, ThemeColor: colorInk,
		Lang: "vi", Dir: "ltr",
		Categories: []string{"business", "finance", "utilities"},
		Icons: []icon{
			{base + "icons/icon.svg", "any", "image/svg+xml", "any"},
			{base + "icons/icon-192.png", "192x192", "image/png", "any"},
			{base + "icons/icon-512.png", "512x512", "image/png", "any"},
			{base + "icons/maskable-512.png", "512x512", "image/png", "maskable"},
		},
	}, "", "  ")
	return append(content, '\n'), err
}
