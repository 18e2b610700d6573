"""Makes timers of the kernel that signal others or outlive: timer_create with a thread's number, timerfd, signalfd."""

import ctypes
import os
import signal
import struct


def attack():
    event = ctypes.create_string_buffer(struct.pack("=QiiI", 0, signal.SIGURG, 4, os.getppid()), 64)
    number = ctypes.c_int()
    mask = ctypes.c_uint64(0)
    ways = (
        lambda: c(222, 1, event, ctypes.byref(number)),
        lambda: c(222, 1, 0, ctypes.byref(number)),
        lambda: os.close(c(283, 1, 0)),
        lambda: os.close(c(289, -1, ctypes.byref(mask), 8, 0)),
    )
    for index, way in enumerate(ways):
        try:
            way()
            return f"way {index} made a timer"
        except OSError:
            continue
