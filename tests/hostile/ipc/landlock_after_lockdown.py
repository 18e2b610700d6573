"""Makes a Landlock domain of its own, which could only bind it more, to see what calls are open after lock-down."""

import ctypes
import os
import struct


def attack():
    try:
        return f"Landlock's version {c(444, 0, 0, 1)} is told after lock-down"
    except OSError:
        rules = ctypes.create_string_buffer(struct.pack("=Q", 1), 8)
        os.close(c(444, rules, 8, 0))
        return "a rule set was made"
