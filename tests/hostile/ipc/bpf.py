"""Makes a bpf map and a program."""

import ctypes
import os
import struct


def attack():
    room = ctypes.create_string_buffer(struct.pack("=IIII", 2, 4, 4, 1), 128)
    os.close(c(321, 0, room, 72))
    return "a bpf map was made"
