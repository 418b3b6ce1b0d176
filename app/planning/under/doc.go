// Package under draws what the same plan would cost under the rules of another day, and
// why that is more or less.
package under
