package app

import (
	"postage/app/model"
	"postage/app/words"
)

const draftKey = "postage.draft"

// storeDraft keeps a draft for the next page of this tab. One that would not be
// read whole is not kept: the last one that was stays.
func storeDraft(in model.Storage, d draft) model.Outcome {
	d.Name = words.ShortName(d.Name)
	return model.Keep(in, draftKey, d, func(string) bool { return d.isSound() })
}

func loadDraft(from model.Storage) (d draft, ok bool) {
	stored, _ := from.Read(draftKey)
	return readDraft(stored)
}
