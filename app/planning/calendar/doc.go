// Package calendar draws a plan over time: what is sent on which day, the money over the
// days, and what each month costs.
package calendar
