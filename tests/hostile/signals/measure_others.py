"""Counts what other processes do by perf_event_open, and by process clocks and process_madvise."""

import ctypes
import os
import struct
import time

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
    attributes = ctypes.create_string_buffer(struct.pack("=IIQQQQQ", 1, 128, 1, 0, 0, 0, 1 | 1 << 5 | 1 << 6), 128)
    for pid in (os.getppid(), TARGETS["grader_pid"], 0):
        try:
            os.close(c(298, attributes, pid, -1, -1, 0))
            return f"perf counts {pid}"
        except OSError:
            continue
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        clock = (~pid << 3) | 2
        try:
            return f"the CPU time of {pid} is told: {time.clock_gettime(clock):.3f} s"
        except OSError:
            continue
