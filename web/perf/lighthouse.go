package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"postage/web/internal/browsers"
)

// lighthouseVersion is pinned, as its scores change with it.
const lighthouseVersion = "12.8.2"

// The scores that Lighthouse gives, in percent, and what each should be.
var scores = []struct {
	id  string
	aim float64
}{
	{"performance", 95}, {"accessibility", 100}, {"best-practices", 100}, {"seo", 100},
}

// lighthouse lets Lighthouse look at every page of the site as on a phone, or at
// the one with the path only, as often as runs says. It prints the scores with
// what costs points. Lighthouse comes from npm and stays below the build folder.
func lighthouse(ctx context.Context, site, only string, runs int, stdout io.Writer) error {
	if err := exec.Command("npm", "--version").Run(); err != nil {
		return fmt.Errorf("lighthouse needs Node.js 20 or newer with npm: install the packages nodejs and npm (%w)", err)
	}
	const folder = ".build/lighthouse"
	program := filepath.Join(folder, "node_modules", ".bin", "lighthouse")
	if out, err := exec.Command(program, "--version").Output(); err != nil || strings.TrimSpace(string(out)) != lighthouseVersion {
		if err := command(stdout, "npm", "install", "--no-fund", "--no-audit", "--prefix", folder, "lighthouse@"+lighthouseVersion); err != nil {
			return err
		}
	}
	chromium, err := browsers.FindChromium()
	if err != nil {
		return err
	}
	address, stop, err := listen(site)
	if err != nil {
		return err
	}
	defer stop()

	var pages []string
	err = fs.WalkDir(os.DirFS(site), ".", func(name string, entry fs.DirEntry, err error) error {
		page := strings.TrimSuffix(name, "index.html")
		if err == nil && path.Base(name) == "index.html" && (only == "" || only == "/"+page) {
			pages = append(pages, page)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return fmt.Errorf("there is no page %q in %s: give its path as /plan/", only, site)
	}
	fmt.Fprintf(stdout, "%-32s", "Lighthouse "+lighthouseVersion+", mobile")
	for _, s := range scores {
		fmt.Fprintf(stdout, " %15s", s.id)
	}
	fmt.Fprintln(stdout)
	for _, page := range pages {
		met := 0
		for range runs {
			out, err := lookAt(ctx, program, chromium, address+page)
			if err != nil {
				return fmt.Errorf("lighthouse of /%s: %w", page, err)
			}
			performance, err := printScores(stdout, "/"+page, out)
			if err != nil {
				return err
			}
			if performance >= scores[0].aim {
				met++
			}
		}
		if runs > 1 {
			fmt.Fprintf(stdout, "    performance: %.0f or more in %d of %d\n", scores[0].aim, met, runs)
		}
	}
	return nil
}

// lookAt returns Lighthouse's report of a page, as JSON.
func lookAt(ctx context.Context, program, chromium, address string) ([]byte, error) {
	// Lighthouse starts the browser without RenderDocument. Its first frame can come a
	// second late then, and the program counts among what that waited for. The last list
	// of features holds.
	flags := "--headless=new --disable-features=Translate,MediaRouter,OptimizationHints"
	if os.Getuid() == 0 {
		flags += " --no-sandbox"
	}
	cmd := exec.CommandContext(ctx, program, address, "--quiet", "--output=json", "--chrome-flags="+flags)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, stderr.String())
	}
	return out, nil
}

// printScores prints a line for a page, and below it each audit that costs
// points where a score is less than it should be. It returns the score of the
// performance, in percent.
func printScores(stdout io.Writer, page string, result []byte) (performance float64, err error) {
	var r struct {
		Categories map[string]struct {
			Score     float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Title        string
			Score        *float64
			DisplayValue string
		}
	}
	if err := json.Unmarshal(result, &r); err != nil {
		return 0, err
	}
	fmt.Fprintf(stdout, "%-32s", page)
	for _, s := range scores {
		fmt.Fprintf(stdout, " %15.0f", r.Categories[s.id].Score*100)
	}
	fmt.Fprintln(stdout)
	for _, s := range scores {
		c := r.Categories[s.id]
		if c.Score*100 >= s.aim {
			continue
		}
		for _, ref := range c.AuditRefs {
			if a := r.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				fmt.Fprintf(stdout, "    %s: %s %s (%.0f)\n", s.id, a.Title, a.DisplayValue, *a.Score*100)
			}
		}
	}
	return math.Round(r.Categories["performance"].Score * 100), nil
}
