"""Adds a filter of its own that makes write succeed without writing, by seccomp and by prctl; it allows all in truth."""

import ctypes
import os
import struct

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
    allow = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000), 8)
    program = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", 1, ctypes.addressof(allow)), 16)
    for call in ((317, 1, 0, program), (157, 22, 2, program, 0, 0), (317, 1, 8, program)):
        try:
            c(*call)
            return f"call {call[0]} added a filter"
        except OSError:
            continue
