// Package table reads people's tables of contacts, which stay on the device.
//
// [Open] looks at a file: package cells reads its rows. [File.Columns] goes through them
// once to find which column holds which fact of a [reach.Contact], and [File.Contacts]
// reads them. [File.Split] writes rows into one CSV for each way.
package table
