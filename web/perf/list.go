package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// patienceForList is how long a page may take over a list before it is given up.
const patienceForList = 10 * time.Minute

// watchPage notes the longest time that the page did not come to answer.
const watchPage = `{
	window.perfAway = 0;
	let last = performance.now();
	setInterval(() => {
		const now = performance.now();
		perfAway = Math.max(perfAway, now - last);
		last = now;
	}, 5);
}`

// loadedAll holds once the program that reads files has come and the service worker has
// kept the site.
const loadedAll = `performance.getEntriesByType("resource").some(e => /\/assets\/list\.\w+\.wasm/.test(e.name)) &&
	navigator.serviceWorker.ready.then(() => new Promise(done => requestIdleCallback(() => done(true))))`

// lists measures lists of many rows in the page for them, as a table and as a workbook:
// on this machine as it is, without the network and the processor of a phone.
func (r *report) lists(ctx context.Context, site string, rows int, out io.Writer) error {
	folder, err := filepath.Abs(".build/perf/lists")
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = command(out, "go", "test", "./app/table", "-count", "1", "-timeout", "30m", "-run", "^TestListsAreReadWhole$", "-rows", strconv.Itoa(rows), "-keep", folder)
	}
	if err != nil {
		return err
	}
	address, stop, err := listen(site)
	if err != nil {
		return err
	}
	defer stop()
	for _, kind := range []struct {
		name    string
		seconds float64 // that are aimed at for a million rows
	}{{"list.csv", 40}, {"list.xlsx", 120}} {
		if err := r.list(ctx, address, filepath.Join(folder, kind.name), rows, kind.seconds); err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
	}
	return nil
}

func (r *report) list(ctx context.Context, address, file string, rows int, seconds float64) error {
	p, err := newPhone(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	long, cancel := context.WithTimeout(p.ctx, patienceForList)
	defer cancel()
	p.ctx = long
	if err := p.do(chromedp.Navigate(address + "list/")); err != nil {
		return err
	}
	if err := p.waitFor(`document.documentElement.dataset.ready === "true" && document.getElementById("list-file")`); err != nil {
		return err
	}
	// People choose a file seconds after the page is live. What the page loads for later,
	// its programs for use offline among it, is not of the file.
	if err := p.waitFor(loadedAll); err != nil {
		return err
	}
	if _, err := evaluate[chromedp.Void](p, watchPage); err != nil {
		return err
	}
	began := time.Now()
	if err := p.do(chromedp.SetUploadFiles("#list-file", []string{file})); err != nil {
		return err
	}
	since := func(expression string) (float64, error) {
		err := p.waitFor(expression)
		return float64(time.Since(began).Milliseconds()), err
	}
	columns, err := since(`document.querySelector(".list-columns-rows")`)
	if err != nil {
		return err
	}
	if _, err := evaluate[chromedp.Void](p, `{ document.querySelector(".answer .press.primary").click() }`); err != nil {
		return err
	}
	answer, err := since(`document.querySelector(".list-total")`)
	if err != nil {
		return err
	}
	away, err := evaluate[float64](p, `perfAway`)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%d rows, %s: ", rows, filepath.Ext(file))
	r.add(name+"until its columns stand there", "ms", []float64{columns}, "", nil)
	r.add(name+"until the answer does", "ms", []float64{answer}, fmt.Sprintf("≤ %.0f s a million", seconds), func(ms float64) bool {
		const million, thousand = 1_000_000, 1000
		return ms/thousand <= seconds*max(1, float64(rows)/million)
	})
	r.add(name+"the longest that the page was away", "ms", []float64{away}, "≤ 100 ms", func(ms float64) bool { return ms <= 100 })
	if most := mostMemory(); most > 0 {
		r.add(name+"memory of the page's process at most", "MB", []float64{most}, "≤ 700 MB", func(mb float64) bool { return mb <= 700 })
	}
	return nil
}

// mostMemory is the most that a renderer that this process began has had in memory, in
// MB; 0 where the system does not tell.
func mostMemory() (most float64) {
	field := func(pid, name string) (value int) {
		status, _ := os.ReadFile("/proc/" + pid + "/status")
		for line := range strings.Lines(string(status)) {
			if rest, ok := strings.CutPrefix(line, name+":"); ok {
				value, _ = strconv.Atoi(strings.Fields(rest)[0])
			}
		}
		return value
	}
	ours := func(pid string) bool {
		for n, _ := strconv.Atoi(pid); n > 1; n = field(strconv.Itoa(n), "PPid") {
			if n == os.Getpid() {
				return true
			}
		}
		return false
	}
	processes, _ := filepath.Glob("/proc/[0-9]*")
	for _, path := range processes {
		pid := filepath.Base(path)
		if line, _ := os.ReadFile(path + "/cmdline"); strings.Contains(string(line), "--type=renderer") && ours(pid) {
			const kB = 1024
			most = max(most, float64(field(pid, "VmHWM"))*kB/1e6)
		}
	}
	return most
}
