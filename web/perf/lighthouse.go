package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
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
	{"performance", 90}, {"accessibility", 100}, {"best-practices", 100}, {"seo", 100},
}

// lighthouse lets Lighthouse look at every page of the site as on a phone, and
// prints its scores with what costs points. It comes from npm and stays below
// the build folder.
func lighthouse(ctx context.Context, site string, stdout io.Writer) error {
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
		if err == nil && path.Base(name) == "index.html" {
			pages = append(pages, strings.TrimSuffix(name, "index.html"))
		}
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%-32s", "Lighthouse "+lighthouseVersion+", mobile")
	for _, s := range scores {
		fmt.Fprintf(stdout, " %15s", s.id)
	}
	fmt.Fprintln(stdout)
	for _, page := range pages {
		flags := "--headless=new"
		if os.Getuid() == 0 {
			flags += " --no-sandbox"
		}
		cmd := exec.CommandContext(ctx, program, address+page, "--quiet", "--output=json", "--chrome-flags="+flags)
		cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("lighthouse of /%s: %w\n%s", page, err, stderr.String())
		}
		if err := printScores(stdout, "/"+page, out); err != nil {
			return err
		}
	}
	return nil
}

// printScores prints a line for a page, and below it each audit that costs
// points where a score is less than it should be.
func printScores(stdout io.Writer, page string, result []byte) error {
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
		return err
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
	return nil
}
