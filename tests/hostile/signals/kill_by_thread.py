"""Sends signal 0 by tkill and tgkill, whose first number is a thread's."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 1):
        for call in ((200, pid, 0), (234, pid, pid, 0), (234, os.getpid(), pid, 0)):
            try:
                c(*call)
                return f"call {call[0]} reached {pid}"
            except OSError:
                continue
