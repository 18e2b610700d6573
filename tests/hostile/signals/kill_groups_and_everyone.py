"""Sends signal 0 to process 1, its own group, the grader's group, and everyone at once."""

import os


def attack():
    for target in (1, 0, -1, -os.getppid(), -TARGETS["grader_pid"], -os.getpgrp()):
        try:
            os.kill(target, 0)
            return f"kill({target}, 0) went out"
        except OSError:
            continue
