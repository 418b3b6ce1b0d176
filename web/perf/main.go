// Command perf measures how fast the site is on a cheap phone, beside the hello
// world of the framework it is made with: both in the same Chromium, on the same
// emulated network and processor, turn by turn. It prints a table and writes the
// figures to a file.
//
// Figures depend on the machine and on what else it does, so nothing is asserted
// here and no test reads them. What does not depend on the machine is the ratio
// of the two.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"
)

// The phone that is emulated: a slow mobile network and a processor that has a
// quarter of this machine's speed.
const (
	bitsPerSecond = 1_600_000
	latency       = 150 * time.Millisecond
	slowdown      = 4
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "perf:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("perf", flag.ExitOnError)
	runs := flags.Int("runs", 5, "how often each start is measured; the median counts")
	keys := flags.Int("keys", 30, "how many keystrokes are measured")
	edits := flags.Int("edits", 1000, "how many changes memory is measured over")
	only := flags.String("only", "", "measure only the start, the keys, the memory or the lists, or let Lighthouse do it")
	rows := flags.Int("rows", 1_000_000, "how many rows the lists have")
	page := flags.String("page", "", "let Lighthouse look at the page with this path alone: /plan/")
	looks := flags.Int("looks", 1, "how often Lighthouse looks at each page")
	site := flags.String("site", "", "measure the site in this folder instead of building it")
	out := flags.String("out", "perf.json", "where the figures go")
	if err := flags.Parse(args); err != nil {
		return err
	}

	if *site == "" {
		*site = ".build/perf/site"
		if err := command(stdout, "go", "run", "./web", "build", "-origin", "https://postage.example", "-out", *site); err != nil {
			return err
		}
	}
	if *only == "lighthouse" {
		return lighthouse(ctx, *site, *page, *looks, stdout)
	}
	hello, err := buildHello(".build/perf/hello")
	if err != nil {
		return err
	}
	r := report{Machine: machine(), Date: time.Now().UTC().Format(time.DateOnly), Runs: *runs}
	weights := [2]float64{}
	for i, dir := range []string{hello, *site} {
		if weights[i], err = weight(dir); err != nil {
			return err
		}
	}
	if weights[1] > 0 { // a quick build has no compressed files
		r.addBeside("the program as brotli", "kB", weights[:1], weights[1:], "", nil)
	}
	parts := []struct {
		name    string
		measure func() error
	}{
		{"start", func() error { return r.starts(ctx, hello, *site, *runs) }},
		{"keys", func() error { return r.keystrokes(ctx, *site, *keys) }},
		{"memory", func() error { return r.memory(ctx, *site, *edits) }},
		{"lists", func() error { return r.lists(ctx, *site, *rows, stdout) }},
	}
	for _, part := range parts {
		if *only != "" && *only != part.name {
			continue
		}
		fmt.Fprintf(stdout, "measuring the %s\n", part.name)
		if err := part.measure(); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}

	r.print(stdout)
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(*out, append(data, '\n'), 0o644)
}

// A report is what was measured.
type report struct {
	Machine string `json:"machine"`
	Date    string `json:"date"`
	Runs    int    `json:"runs"`
	Rows    []row  `json:"rows"`
}

// A row is one figure, of the site and, where it has it, of the hello world.
type row struct {
	What    string    `json:"what"`
	Unit    string    `json:"unit"`
	Hello   *float64  `json:"hello,omitempty"`
	Postage float64   `json:"postage"`
	Values  []float64 `json:"values,omitempty"` // of Postage, of which the figure is the median
	Aim     string    `json:"aim,omitempty"`
	Missed  bool      `json:"missed,omitempty"`
}

func (r *report) add(what, unit string, values []float64, aim string, meets func(float64) bool) {
	m := median(values)
	r.Rows = append(r.Rows, row{What: what, Unit: unit, Postage: m, Values: values, Aim: aim, Missed: meets != nil && !meets(m)})
}

// addBeside adds a figure that both have. The aim may be about the ratio.
func (r *report) addBeside(what, unit string, hello, postage []float64, aim string, meets func(postage, ratio float64) bool) {
	h, m := median(hello), median(postage)
	r.Rows = append(r.Rows, row{
		What: what, Unit: unit, Hello: &h, Postage: m, Values: postage, Aim: aim, Missed: meets != nil && !meets(m, m/h),
	})
}

func (r *report) print(out io.Writer) {
	fmt.Fprintf(out, "\n%s, %s\n1.6 Mbit/s, 150 ms, processor ÷ 4; medians of %d\n\n", r.Machine, r.Date, r.Runs)
	line := func(what, hello, postage, ratio, aim, missed string) {
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("%-58s %12s %12s %7s  %-16s %s", what, hello, postage, ratio, aim, missed), " "))
	}
	line("", "hello world", "Postage", "ratio", "aim", "")
	for _, row := range r.Rows {
		hello, ratio, missed := "", "", ""
		if row.Hello != nil {
			hello = figure(*row.Hello, row.Unit)
			if *row.Hello != 0 {
				ratio = fmt.Sprintf("%.2f", row.Postage / *row.Hello)
			}
		}
		if row.Missed {
			missed = "missed"
		}
		line(row.What, hello, figure(row.Postage, row.Unit), ratio, row.Aim, missed)
	}
}

func figure(value float64, unit string) string {
	switch unit {
	case "ms":
		return fmt.Sprintf("%.0f ms", value)
	case "kB", "MB":
		return fmt.Sprintf("%.0f %s", value, unit)
	case "%":
		return fmt.Sprintf("%+.1f %%", value)
	case "":
		return fmt.Sprintf("%.0f", value)
	default: // a share
		return fmt.Sprintf("%.3f", value)
	}
}

func median(values []float64) float64 { return quantile(values, 0.5) }

func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(share*float64(len(sorted)-1)+0.5)]
}

// machine names the processor where the system tells.
func machine() string {
	name := runtime.GOOS + "/" + runtime.GOARCH
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			name = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%s, %d cores", name, runtime.NumCPU())
}
