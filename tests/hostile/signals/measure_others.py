"""Counts what other processes do by perf_event_open, and by process clocks and process_madvise."""

import ctypes
import os
import struct
import time


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
