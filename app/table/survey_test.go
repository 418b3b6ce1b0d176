package table

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// TestAListInPartsHasTheColumnsOfTheWhole: whoever has the parts of a list in files of
// their own finds the same columns and counts the same rows.
func TestAListInPartsHasTheColumnsOfTheWhole(t *testing.T) {
	t.Parallel()
	const header = "Tên,Số,Ngày,Mã,Ghi chú\n"
	r := rand.New(rand.NewPCG(7, 7))
	for range 30 {
		var rows []string
		// The first cells of a column, which decide what it is, end in one of the parts.
		for i := range 2 + r.IntN(2*lookedAt) {
			row := []string{"An", "09" + strconv.Itoa(12345678+i), strconv.Itoa(1+r.IntN(12)) + "/" + strconv.Itoa(1+r.IntN(28)) + "/2026", "", "x"}
			if r.IntN(3) == 0 {
				row[1], row[3] = "chưa có", strconv.Itoa(382910400000000+i)
			}
			switch r.IntN(40) {
			case 0:
				row = nil
			case 1:
				row[2] = "25/" + strconv.Itoa(1+r.IntN(12)) + "/2026"
			case 2:
				row = []string{"more", "", "", "", "", "", "cells"}
			}
			rows = append(rows, strings.Join(row, ",")+"\n")
		}
		rows = append(rows, "An,0912345678,1/1/2026,,\n")
		whole, err := opened(t, []byte(header+strings.Join(rows, "")), Options{}).Survey(nil)
		if err != nil {
			t.Fatal(err)
		}
		var parts *Survey
		for len(rows) > 0 {
			n := min(len(rows), 1+r.IntN(lookedAt))
			if strings.Join(rows[:n], "") == strings.Repeat("\n", n) { // a part of blank rows is none
				n = len(rows)
			}
			part, err := opened(t, []byte(header+strings.Join(rows[:n], "")), Options{}).Survey(nil)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(part)
			if err != nil {
				t.Fatal(err)
			}
			part = nil
			if err := json.Unmarshal(text, &part); err != nil {
				t.Fatal(err)
			}
			if rows = rows[n:]; parts == nil {
				parts = part
			} else {
				parts.Add(part)
			}
		}
		if !reflect.DeepEqual(whole, parts) || !reflect.DeepEqual(whole.Settle(), parts.Settle()) {
			t.Fatalf("%+v\nin parts %+v", whole.Settle(), parts.Settle())
		}
	}
}
