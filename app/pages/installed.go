//go:build !js

package pages

import (
	"postage/rules"

	"postage/app/kit"
	"postage/app/screen"
	"postage/app/words"
)

// An Installed is what a device shows of the site in a language where it is
// installed as an app: texts and paths for the web app manifest.
type Installed struct {
	Lang        string
	Description string
	Home        string // path of the page that it opens
	Shortcuts   []Shortcut
	// Pictures says what is on each picture that a shop or a browser shows before
	// installing, by the picture's name.
	Pictures map[string]string
}

// A Shortcut opens a part of the installed app at once.
type Shortcut struct {
	Icon        string // name of its picture
	Name, Short string
	Path        string // with the fragment
}

// PictureNames are the names of the pictures, in the order in which to show them.
var PictureNames = []string{"answer", "ways", "desktop"}

// shortcutChannels are the channels with a shortcut. Behind the first two stands the
// plan; Android shows four, so that the Rules page, which is the last, is shown where
// there is more room.
var shortcutChannels = []rules.Channel{rules.ChannelZalo, rules.ChannelZNS, rules.ChannelWhatsApp}

// InstalledAs returns what a device shows in a language.
func InstalledAs(code string) Installed {
	w := words.Of(code)
	i := Installed{Lang: w.Code, Description: w.Text("page.description"), Home: kit.HomePath(w.Code), Pictures: map[string]string{}}
	for n, c := range shortcutChannels {
		if n == 2 {
			i.Shortcuts = append(i.Shortcuts, Shortcut{"plan", w.Text("installed.plan"), w.Text("nav.plan"), kit.PlanPath(w.Code)})
		}
		name := w.Text("channel." + string(c))
		i.Shortcuts = append(i.Shortcuts, Shortcut{string(c), w.Text("installed.channel", "channel", name), name, kit.HomePath(w.Code) + "#" + screen.ChannelPrefix + string(c)})
	}
	i.Shortcuts = append(i.Shortcuts, Shortcut{"rules", w.Text("installed.rules"), w.Text("nav.rules"), kit.RulesPath(w.Code)})
	for _, name := range PictureNames {
		i.Pictures[name] = w.Text("installed.picture." + name)
	}
	return i
}
