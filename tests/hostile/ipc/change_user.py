"""Becomes another user, gives itself capabilities and groups; asked for is what it is."""

import ctypes
import os
import struct

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
    uid, gid = os.getuid(), os.getgid()
    header = ctypes.create_string_buffer(struct.pack("=II", 0x20080522, 0), 8)
    data = ctypes.create_string_buffer(24)
    ways = (
        lambda: os.setuid(uid),
        lambda: os.setresuid(uid, uid, uid),
        lambda: os.setgid(gid),
        lambda: os.setgroups(os.getgroups()),
        lambda: c(125, header, data),
        lambda: c(126, header, data),
        lambda: c(122, uid),
        lambda: os.setuid(0),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} was let through"
        except OSError:
            continue
