// Package calendar draws the days of a plan: what is sent on which, and the money over
// them.
package calendar
