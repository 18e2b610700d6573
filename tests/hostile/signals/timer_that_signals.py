"""Makes timers of the kernel that signal others or outlive: timer_create with a thread's number, timerfd, signalfd."""

import ctypes
import os
import signal
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
