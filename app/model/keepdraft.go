package model

import (
	"postage/app/form"
	"postage/app/words"
)

const DraftKey = "postage.draft"

// StoreDraft keeps a draft for the next page of this tab. One that would not be
// read whole is not kept: the last one that was stays.
func StoreDraft(in Storage, d form.Draft) Outcome {
	d.Name = words.ShortName(d.Name)
	return Keep(in, DraftKey, d, func(string) bool { return d.IsSound() })
}

func LoadDraft(from Storage) (d form.Draft, ok bool) {
	stored, _ := from.Read(DraftKey)
	return form.ReadDraft(stored)
}
