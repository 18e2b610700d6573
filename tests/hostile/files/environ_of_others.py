"""Reads the environment and the command line of the fork server and of the grader in /proc."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for name in ("environ", "cmdline", "status", "comm", "stat", "limits", "sched", "wchan"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    length = len(file.read())
            except OSError:
                continue
            if length:
                return f"/proc/{pid}/{name}: {length} bytes"
