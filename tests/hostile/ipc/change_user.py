"""Becomes another user, gives itself capabilities and groups; asked for is what it is."""

import ctypes
import os
import struct


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
