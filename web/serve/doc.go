// Package serve answers for a built site: with a server for this machine, which
// the tests use too, and with the configuration by which other hosts answer alike.
package serve
