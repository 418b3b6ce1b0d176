package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// Run answers on the loopback interface until ctx ends, and then lets the
// answers under way finish. Port 0 takes any free port.
func Run(ctx context.Context, dir, base string, port int, stdout io.Writer) error {
	listener, err := net.Listen("tcp", net.JoinHostPort("localhost", strconv.Itoa(port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is taken by another program: stop that one, or choose another port with PORT=%d make run (or -port %[2]d)", port, port+1)
	}
	if errors.Is(err, syscall.EACCES) {
		return fmt.Errorf("port %d needs rights that you do not have: choose another with PORT=8080 make run (or -port 8080)", port)
	}
	if err != nil {
		return err
	}
	server := &http.Server{Handler: Site(dir, base, ""), ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintf(stdout, "Postage is at http://localhost:%d%s (Ctrl+C stops it)\n", listener.Addr().(*net.TCPAddr).Port, base)

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}
