"""Asks for the cores and the robust locks of other processes."""

import ctypes
import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 1):
        for name, number, *arguments in (
            ("affinity", 204, pid, 128, ctypes.create_string_buffer(128)),
            ("locks", 274, pid, ctypes.byref(ctypes.c_void_p()), ctypes.byref(ctypes.c_size_t())),
            ("scheduler", 145, pid),
            ("parameters", 143, pid, ctypes.create_string_buffer(64)),
            ("io priority", 252, 1, pid),
        ):
            try:
                c(number, *arguments)
                return f"{name} of {pid}"
            except OSError:
                continue
