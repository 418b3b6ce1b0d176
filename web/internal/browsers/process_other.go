//go:build !linux

package browsers

import "syscall"

// endWithUs leaves it to Close to end a process: only Linux offers more.
var endWithUs *syscall.SysProcAttr
