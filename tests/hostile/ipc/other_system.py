"""Runs as another system: personality without address randomisation, arch_prctl with faults on cpuid."""

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
    for call in ((135, 0x0040000), (135, 0xFFFFFFFF), (158, 0x1012, 1)):
        try:
            c(*call)
            return f"call {call[0]} worked with {call[1]:#x}"
        except OSError:
            continue
