"""Sends signals to the zygote by kill: 0 and SIGURG, which do no harm."""

import os
import signal


def attack():
    for number in (0, signal.SIGURG):
        try:
            os.kill(os.getppid(), number)
            return f"signal {number} went to the zygote"
        except OSError:
            continue
