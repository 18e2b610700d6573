"""Queues SIGURG with data by rt_sigqueueinfo and rt_tgsigqueueinfo."""

import ctypes
import os
import signal


def attack():
    info = (ctypes.c_int * 32)(signal.SIGURG, 0, -1, 0, os.getpid(), os.getuid())
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for call in ((129, pid, int(signal.SIGURG), info), (297, pid, pid, int(signal.SIGURG), info)):
            try:
                c(*call)
                return f"call {call[0]} queued a signal for {pid}"
            except OSError:
                continue
