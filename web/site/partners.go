package site

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"io/fs"
	"strings"

	"postage/app/pages"
	"postage/rules"
	"postage/web/protocol"
)

// Loader and PlanLoader are the scripts that partners put into their pages.
const (
	Loader     = protocol.Folder + "postage.js"
	PlanLoader = protocol.Folder + "plan.js"
)

// ofPlan is what differs in the loader of the plan from that of the calculator; where
// one phrase begins with another the longer stands first.
var ofPlan = []string{
	"the Postage calculator in a page of yours", "the plan of the Postage calculator in a page of yours",
	`"theme", "date",`, `"theme",`, // each message of a plan has a day of its own
	"Máy tính giá tin nhắn", "Kế hoạch gửi tin",
	"Message price calculator", "Plan of messages",
	"Калькулятор стоимости сообщений", "План сообщений",
	"postage-calculator", "postage-plan",
	"PostageCalculator", "PostagePlan",
	"into the calculator", "into the frame",
	"stand in the calculator", "stand in the frame",
	"the calculator", "the plan",
	`"embed/"`, `"embed/plan/"`,
	`"s="`, `"p="`,
	`[sbda]`, `[pnbda]`,
	"scenario", "plan",
}

// planLoader makes the loader of the plan from that of the calculator, so that neither
// is mended without the other.
func planLoader(loader []byte) ([]byte, error) {
	for i := 0; i < len(ofPlan); i += 2 {
		if !bytes.Contains(loader, []byte(ofPlan[i])) {
			return nil, fmt.Errorf("%s: there is no %q to make %s of it", Loader, ofPlan[i], PlanLoader)
		}
	}
	return []byte(strings.NewReplacer(ofPlan...).Replace(string(loader))), nil
}

// addPartnerFiles adds what partners load into their pages, and tells the shell
// how it is to be named there.
func (b *Builder) addPartnerFiles(files Files, s *shell) error {
	written, err := protocol.Files()
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
	if files[PlanLoader], err = planLoader(files[Loader]); err != nil {
		return err
	}
	s.Integrity, s.PlanIntegrity = Integrity(files[Loader]), Integrity(files[PlanLoader])
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
