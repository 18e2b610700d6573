"""Sends signals to the fork server by kill: 0 and SIGURG, which do no harm."""

import os
import signal


def attack():
    for number in (0, signal.SIGURG):
        try:
            os.kill(os.getppid(), number)
            return f"signal {number} went to the fork server"
        except OSError:
            continue
