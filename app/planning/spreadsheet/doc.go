// Package spreadsheet writes a plan for a spreadsheet.
package spreadsheet
