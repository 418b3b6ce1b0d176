// Package mcp is the door for assistants: a server of the Model Context Protocol that
// answers from the book on this machine, without a network. Its tools are the functions
// of the core, and what they take is described by the declaration of the fields.
//
// A tool answers with the JSON of the contract. What cannot be answered is an error of
// the tool, {"error":{"path":…,"code":…,"message":…},"more":[…]}, with paths within the
// scenario or the plan, so that the assistant can mend its question.
package mcp
