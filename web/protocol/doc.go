// Package protocol is the contract for machines: the messages between a page and
// the frame in it, and the JSON Schemas and TypeScript types of scenario, quote,
// mistake and message. Both are written from the Go types and their comments, so
// that no field can be forgotten.
//
// The addresses hold the version; what they have once said they go on saying.
package protocol
