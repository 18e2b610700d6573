"""Attaches to the fork server and the grader by ptrace without stopping them, and asks to be traced itself."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        try:
            c(101, 0x4206, pid, 0, 0)
            return f"ptrace holds {pid}"
        except OSError:
            continue
    return None
