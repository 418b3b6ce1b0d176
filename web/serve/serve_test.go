package serve

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"
)

func TestATakenPortSaysWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	err = Run(t.Context(), t.TempDir(), "/", taken.Addr().(*net.TCPAddr).Port, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "make run") {
		t.Errorf("got %v", err)
	}
}

func TestServingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, t.TempDir(), "/", 0, &bytes.Buffer{}); err != nil {
		t.Error(err)
	}
}
