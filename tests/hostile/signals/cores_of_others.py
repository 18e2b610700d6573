"""Sets on which cores the fork server, the grader and itself may run, to what is set already or to one more."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 0):
        try:
            os.sched_setaffinity(pid, os.sched_getaffinity(pid))
            return f"the cores of {pid} were set"
        except OSError:
            continue
