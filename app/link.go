package app

import (
	"encoding/base64"
	"strings"
)

// linkPrefix begins a fragment that holds a scenario.
const linkPrefix = "s="

// maxLink bounds the fragment that is looked at, in bytes. A scenario of 100
// groups with every field takes about 80 kB.
const maxLink = 1 << 17

// linkOf puts a scenario in JSON into a fragment, without the "#".
func linkOf(scenario []byte) string {
	return linkPrefix + base64.RawURLEncoding.EncodeToString(scenario)
}

// scenarioOf takes the scenario out of a fragment; whether it is a valid one is
// for the decoder to say.
func scenarioOf(fragment string) ([]byte, bool) {
	coded, ok := strings.CutPrefix(strings.TrimPrefix(fragment, "#"), linkPrefix)
	if !ok || len(coded) > maxLink {
		return nil, false
	}
	scenario, err := base64.RawURLEncoding.DecodeString(coded)
	return scenario, err == nil
}
