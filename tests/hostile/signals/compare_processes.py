"""Compares itself with the fork server by kcmp, which tells whether files and memory are shared."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for kind in range(7):
            try:
                return f"kcmp({kind}) with {pid} told {c(312, os.getpid(), pid, kind, 0, 0)}"
            except OSError:
                continue
