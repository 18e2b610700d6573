"""Makes a process by clone with flags that a guard may not know: shared memory, shared files, other exit signals, a new thread group."""

import os


def attack():
    for flags in (17, 0, 0x400 | 17, 0x800 | 17, 0x200 | 17, 0x8000 | 17, 0x2000000 | 17, 0x80000000 | 17):
        try:
            pid = c(56, flags, 0, 0, 0, 0)
        except OSError:
            continue
        if pid == 0:
            LIBC._exit(0)
        try:
            os.waitpid(pid, 0x40000000)
        except ChildProcessError:
            pass
        return f"clone with flags {flags:#x} made a process"
