"""Sets limits of the fork server and the grader by prlimit to what they are."""

import os
import resource


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_CORE):
            try:
                resource.prlimit(pid, what, resource.prlimit(pid, what))
                return f"limit {what} of {pid} was set"
            except OSError:
                continue
