"""Makes a POSIX message queue."""

import os


def attack():
    name = f"left-{os.getpid()}".encode()
    os.close(c(240, name, os.O_CREAT | os.O_RDWR, 0o600, 0))
    c(241, name)
    return "a queue was made and removed"
