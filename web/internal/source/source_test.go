package source

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

func TestAloneIsOneAtATime(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "a folder that is made", "lock")
	var inside, most, done atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if err := Alone(lock, func() error {
					if n := inside.Add(1); n > most.Load() {
						most.Store(n)
					}
					defer inside.Add(-1)
					done.Add(1)
					return nil
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if most.Load() != 1 || done.Load() != 400 {
		t.Errorf("%d were at it at once, and %d of 400 done", most.Load(), done.Load())
	}
}

func TestAloneReturnsTheErrorAndLetsTheNextOneIn(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "lock")
	for range 2 {
		if err := Alone(lock, func() error { return os.ErrInvalid }); !errors.Is(err, os.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	}
}

func TestAFileIsReplacedWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "folder", "file")
	for _, content := range []string{"one", "two"} {
		if err := ReplaceFile(file, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != content {
			t.Errorf("%q, %v, want %q", got, err, content)
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "draft-*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
