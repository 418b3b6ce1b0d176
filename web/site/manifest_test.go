package site

import (
	"image"
	_ "image/png"
	"regexp"
	"testing"
)

// TestTheColoursAroundThePageAreThoseOfItsPaper: what the browser draws beside
// the page, from the bar of the phone to the first moment after a tap.
func TestTheColoursAroundThePageAreThoseOfItsPaper(t *testing.T) {
	style, err := stylesheet()
	if err != nil {
		t.Fatal(err)
	}
	papers := regexp.MustCompile(`--paper: (#[0-9a-f]{6});`).FindAllStringSubmatch(string(style), -1)
	if len(papers) < 2 || papers[0][1] != colorPaper || papers[1][1] != colorPaperDark {
		t.Errorf("the pages are %q, the surfaces around them %s and %s", papers, colorPaper, colorPaperDark)
	}
}

// TestTheIconOfTheHomeScreenIsOpaque: iOS puts black behind what is not.
func TestTheIconOfTheHomeScreenIsOpaque(t *testing.T) {
	file, err := assetFiles.Open("assets/icons/apple-touch-180.png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	icon, _, err := image.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if size := icon.Bounds().Size(); size != image.Pt(180, 180) {
		t.Errorf("it has %v pixels", size)
	}
	if opaque, ok := icon.(interface{ Opaque() bool }); !ok || !opaque.Opaque() {
		t.Error("it is not opaque")
	}
}
