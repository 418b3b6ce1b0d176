package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"

	"postage/app/pages"
)

// The pictures that a browser shows before it installs the site are taken of the
// site itself, and the pictures of its shortcuts drawn from testdata, by
//
//	go test ./web -run TestEveryPictureOfTheManifestIsWhatItSays -update

// recordPictures takes the pictures for installing anew.
func recordPictures(t *testing.T) {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	shot := func(name string) {
		t.Helper()
		taken := ask(tab, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
		full, err := png.Decode(bytes.NewReader(taken.Data))
		if err != nil {
			t.Fatal(err)
		}
		var small bytes.Buffer
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&small, inFewColours(full)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("site", "assets", installFolder, name+".png"), small.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	screen := func(width, height int64, scale float64) {
		ask(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale})
	}
	// top scrolls so that an element is a little below the upper edge.
	top := func(selector string) {
		tab.do(`document.activeElement?.blur()`)
		tab.waitFor(`document.querySelector(".below").dataset.state === "fresh"`)
		tab.do(`scrollTo(0, document.querySelector(` + quoted(selector) + `).getBoundingClientRect().top + scrollY - 20)`)
	}
	for _, lang := range pages.Languages() {
		tab.onDay(testDate)
		tab.colorScheme("light")
		screen(390, 844, 1.5)
		tab.goTo("about:blank")
		tab.open(site.url(homeOf(lang) + "#s=" + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"`+testDate+`",
			"message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},
			"audience":[{"recipients":12000,"phone":true,"uid":true,"hoursSinceInteraction":120}],"sender":{"dailyQuota":20000}}`))))
		top(".answer")
		shot(lang + "-answer")
		tab.colorScheme("dark")
		top(".ways")
		shot(lang + "-ways")
		tab.colorScheme("light")
		screen(1280, 800, 1)
		tab.do(`scrollTo(0, 0)`)
		shot(lang + "-desktop")
	}
	drawings, err := filepath.Glob("testdata/shortcut-*.svg")
	if err != nil || len(drawings) == 0 {
		t.Fatal("there are no drawings of shortcuts: ", err)
	}
	screen(192, 192, 1)
	for _, drawing := range drawings {
		path, err := filepath.Abs(drawing)
		if err != nil {
			t.Fatal(err)
		}
		tab.goTo("file://" + path)
		tab.waitFor(`document.documentElement.localName === "svg"`)
		shot(strings.TrimSuffix(filepath.Base(drawing), ".svg"))
	}
}

// inFewColours is a picture in the 256 colours that stand for its own best: the
// most frequent ones, none of which is nearly another.
func inFewColours(full image.Image) *image.Paletted {
	counts := map[color.RGBA]int{}
	bounds := full.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	colours := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		if d := counts[b] - counts[a]; d != 0 {
			return d
		}
		return bytes.Compare([]byte{a.R, a.G, a.B}, []byte{b.R, b.G, b.B})
	})
	var palette color.Palette
	for near := 24; len(palette) < 256 && near >= 0; near -= 6 {
		for _, c := range colours {
			if len(palette) == 256 {
				break
			}
			if !slices.ContainsFunc(palette, func(p color.Color) bool { return distance(p.(color.RGBA), c) <= near*near }) {
				palette = append(palette, c)
			}
		}
	}
	nearest := map[color.RGBA]uint8{}
	small := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			index, known := nearest[c]
			if !known {
				index = uint8(palette.Index(c))
				nearest[c] = index
			}
			small.SetColorIndex(x, y, index)
		}
	}
	return small
}

func distance(a, b color.RGBA) int {
	r, g, bl := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B)
	return r*r + g*g + bl*bl
}
