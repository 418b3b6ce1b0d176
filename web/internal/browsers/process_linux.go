package browsers

import "syscall"

// endWithUs has a process end with the one that started it, whatever ends that.
var endWithUs = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
