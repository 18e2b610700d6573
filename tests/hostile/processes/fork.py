"""Forks by os.fork, forkpty, the raw call and a clone that waits as vfork does; the child ends at once."""

import os


def attack():
    for way in (os.fork, lambda: os.forkpty()[0], lambda: c(57), lambda: c(56, 0x4000 | 17, 0, 0, 0, 0)):
        try:
            pid = way()
        except OSError:
            continue
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return "a child was born and ended"
