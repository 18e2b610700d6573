"""Leaves a daemon behind by double fork and a new session; it lives for two seconds."""

import os
import time


def attack():
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(into, b"x")
            for number in range(64):
                try:
                    os.close(number)
                except OSError:
                    continue
            time.sleep(2)
        os._exit(0)
    os.waitpid(child, 0)
    os.close(into)
    try:
        return "a daemon lives" if os.read(out, 1) == b"x" else None
    finally:
        os.close(out)
