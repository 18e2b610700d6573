"""Puts a key into the session's and the user's keyring, where the next one finds it, and reads what is there."""

import os


def attack():
    for ring in (-3, -4, -5, -2, -1):
        try:
            key = c(248, b"user", f"left-{os.getpid()}".encode(), b"x", 1, ring)
            c(250, 21, key, ring)
            return f"a key went into ring {ring}"
        except OSError:
            continue
    return f"keyring {c(250, 0, -3, 0)} is there"
