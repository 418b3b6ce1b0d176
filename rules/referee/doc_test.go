// Package referee holds a second, slow and simple evaluator of scenarios, which
// shares no code with package rules: it reads a scenario's JSON by itself, has
// the rules written out as the definition of an answer words them, day by day,
// and counts with fractions. Random scenarios are put to both.
//
// Only the WhatsApp rate cards and markets are read from the book. Every other
// number stands here once more: where the two disagree, one of them is wrong.
package referee
