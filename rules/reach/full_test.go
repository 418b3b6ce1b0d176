//go:build full

package reach

func init() { everyList = true }
