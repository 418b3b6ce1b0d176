// Package cells reads files as rows of cells: CSV, TSV and pasted cells in any of several
// encodings, and .xlsx. It knows nothing of contacts.
//
// [Open] looks at a file and says what it is; [File.Rows] goes through its rows, as
// often as it is called and in little memory, whatever the size. What goes wrong is an
// [Error] with a code, so that its words can be had in any language; [Error.Error] has
// the English ones. Nothing that a file contains makes the package panic or keep more
// than one row in memory; of an .xlsx it keeps the texts that its cells share.
//
// A row is called by its number as a spreadsheet counts them: row 1 is the header.
package cells
