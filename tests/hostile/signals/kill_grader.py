"""Sends signals to the grader by kill: 0 and SIGURG, which do no harm."""

import os
import signal


def attack():
    for number in (0, signal.SIGURG):
        try:
            os.kill(TARGETS["grader_pid"], number)
            return f"signal {number} went to the grader"
        except OSError:
            continue
