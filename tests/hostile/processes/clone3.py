"""Makes a process by clone3, whose flags lie in memory where no filter of calls can look."""

import ctypes
import os


def attack():
    arguments = (ctypes.c_uint64 * 11)()
    arguments[4] = 17
    pid = c(435, arguments, 88)
    if pid == 0:
        LIBC._exit(0)
    os.waitpid(pid, 0)
    return "clone3 made a process"
