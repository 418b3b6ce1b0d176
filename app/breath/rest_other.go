//go:build !js

package breath

func rest() {}
