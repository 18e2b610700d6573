"""Locks files that it may only read, to block others: flock, fcntl, OFD locks, leases."""

import fcntl
import os

import numpy as np


def attack():
    for path in (np.__file__, os.__file__, TARGETS["readable_secret"]):
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        ways = (
            lambda: fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
            lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB),
            lambda: fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
            lambda: fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK),
        )
        try:
            for number, way in enumerate(ways):
                try:
                    way()
                    return f"way {number} locked {path}"
                except OSError:
                    continue
        finally:
            os.close(descriptor)
