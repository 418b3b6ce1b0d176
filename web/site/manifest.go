package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/png"
	"io/fs"
	"strings"

	"postage/app/pages"
)

// Colours of the browser's own surfaces around the page: those of its paper.
const (
	colorPaper     = "#f6f1e8"
	colorPaperDark = "#13171d"
)

// installFolder has what a browser fetches only to install the site: no page
// needs it, and the worker does not keep it.
const installFolder = "install/"

// forInstalling reports whether a file is one of those.
func forInstalling(name string) bool { return strings.HasPrefix(name, installFolder) }

// manifestName is the web app manifest of a language, which stands beside its
// first page.
func manifestName(lang string) string {
	return strings.TrimPrefix(pages.InstalledAs(lang).Home, "/") + "manifest.webmanifest"
}

type manifestImage struct {
	Src        string `json:"src"`
	Sizes      string `json:"sizes"`
	Type       string `json:"type"`
	Purpose    string `json:"purpose,omitempty"`
	FormFactor string `json:"form_factor,omitempty"`
	Label      string `json:"label,omitempty"`
}

type manifestShortcut struct {
	Name      string          `json:"name"`
	ShortName string          `json:"short_name"`
	URL       string          `json:"url"`
	Icons     []manifestImage `json:"icons"`
}

// manifest returns the web app manifest of a site at base in a language.
//
// Each language has its own, with its texts, its first page and its shortcuts,
// but all have one id and one scope: what is installed is one app, with one
// storage, whatever the language. A browser reads the manifest of the page that
// is open, so the app follows its visitor into another language. The name is the
// same in each, for a browser asks before it gives an installed app another one.
//
// What is shared comes by GET, which the worker answers from what it keeps: it
// works offline, and no host sees it.
func manifest(base, lang string) ([]byte, error) {
	type shareTarget struct {
		Action  string            `json:"action"`
		Method  string            `json:"method"`
		Enctype string            `json:"enctype"`
		Params  map[string]string `json:"params"`
	}
	installed := pages.InstalledAs(lang)
	home := Address(base, installed.Home)

	var shortcuts []manifestShortcut
	for _, s := range installed.Shortcuts {
		icon, err := installImage(base, "shortcut-"+s.Icon)
		if err != nil {
			return nil, err
		}
		maskable := icon
		icon.Purpose, maskable.Purpose = "any", "maskable"
		shortcuts = append(shortcuts, manifestShortcut{s.Name, s.Short, Address(base, s.Path), []manifestImage{icon, maskable}})
	}
	var screenshots []manifestImage
	for _, name := range pages.PictureNames {
		picture, err := installImage(base, lang+"-"+name)
		if err != nil {
			return nil, err
		}
		picture.FormFactor, picture.Label = formFactor(name), installed.Pictures[name]
		screenshots = append(screenshots, picture)
	}

	var content bytes.Buffer
	encoder := json.NewEncoder(&content)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(struct {
		ID              string             `json:"id"`
		Name            string             `json:"name"`
		ShortName       string             `json:"short_name"`
		Description     string             `json:"description"`
		Lang            string             `json:"lang"`
		Dir             string             `json:"dir"`
		StartURL        string             `json:"start_url"`
		Scope           string             `json:"scope"`
		Display         string             `json:"display"`
		BackgroundColor string             `json:"background_color"`
		ThemeColor      string             `json:"theme_color"`
		Categories      []string           `json:"categories"`
		Icons           []manifestImage    `json:"icons"`
		Shortcuts       []manifestShortcut `json:"shortcuts"`
		Screenshots     []manifestImage    `json:"screenshots"`
		ShareTarget     shareTarget        `json:"share_target"`
	}{
		ID: base, Name: "Postage", ShortName: "Postage", Description: installed.Description, Lang: lang, Dir: "ltr",
		StartURL: home, Scope: base, Display: "standalone", BackgroundColor: colorPaper, ThemeColor: colorPaper,
		Categories: []string{"business", "finance", "utilities"},
		Icons: []manifestImage{
			{Src: base + "icons/icon.svg", Sizes: "any", Type: "image/svg+xml", Purpose: "any"},
			{Src: base + "icons/icon-192.png", Sizes: "192x192", Type: "image/png", Purpose: "any"},
			{Src: base + installFolder + "icon-512.png", Sizes: "512x512", Type: "image/png", Purpose: "any"},
			{Src: base + installFolder + "maskable-512.png", Sizes: "512x512", Type: "image/png", Purpose: "maskable"},
		},
		Shortcuts: shortcuts, Screenshots: screenshots,
		ShareTarget: shareTarget{home, "GET", "application/x-www-form-urlencoded", map[string]string{"title": "title", "text": "text", "url": "url"}},
	})
	return content.Bytes(), err
}

// formFactor is the kind of device that a picture shows.
func formFactor(picture string) string {
	if picture == "desktop" {
		return "wide"
	}
	return "narrow"
}

// installImage names a picture of the install folder with its size in pixels.
func installImage(base, name string) (manifestImage, error) {
	file := installFolder + name + ".png"
	content, err := fs.ReadFile(assetFiles, "assets/"+file)
	if err != nil {
		return manifestImage{}, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return manifestImage{}, fmt.Errorf("%s: %w", file, err)
	}
	return manifestImage{Src: base + file, Sizes: fmt.Sprintf("%dx%d", size.Width, size.Height), Type: "image/png"}, nil
}

// addManifests adds the manifest of each language and what they name.
func addManifests(files Files, base string) error {
	for _, folder := range []string{"icons/", installFolder} {
		images, err := fs.ReadDir(assetFiles, "assets/"+strings.TrimSuffix(folder, "/"))
		if err != nil {
			return err
		}
		for _, image := range images {
			if files[folder+image.Name()], err = fs.ReadFile(assetFiles, "assets/"+folder+image.Name()); err != nil {
				return err
			}
		}
	}
	for _, lang := range pages.Languages() {
		var err error
		if files[manifestName(lang)], err = manifest(base, lang); err != nil {
			return err
		}
	}
	return nil
}
