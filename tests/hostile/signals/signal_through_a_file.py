"""Makes the kernel send SIGURG for it: F_SETOWN, F_SETOWN_EX, F_SETSIG, O_ASYNC and F_NOTIFY on a pipe of its own."""

import fcntl
import os
import signal
import struct


def attack():
    out, into = os.pipe()
    try:
        for pid in (os.getppid(), TARGETS["grader_pid"]):
            ways = (
                lambda: fcntl.fcntl(out, fcntl.F_SETOWN, pid),
                lambda: fcntl.fcntl(out, 15, struct.pack("ii", 1, pid)),
            )
            for way in ways:
                try:
                    way()
                    fcntl.fcntl(out, fcntl.F_SETSIG, signal.SIGURG)
                    fcntl.fcntl(out, fcntl.F_SETFL, os.O_ASYNC)
                    os.write(into, b"x")
                    return f"input on a pipe signals {pid}"
                except OSError:
                    continue
        fcntl.fcntl(out, fcntl.F_SETSIG, signal.SIGURG)
        return "F_SETSIG worked"
    finally:
        os.close(out)
        os.close(into)
