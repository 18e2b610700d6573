"""Adds a filter of its own that makes write succeed without writing, by seccomp and by prctl; it allows all in truth."""

import ctypes
import struct


def attack():
    allow = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000), 8)
    program = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", 1, ctypes.addressof(allow)), 16)
    for call in ((317, 1, 0, program), (157, 22, 2, program, 0, 0), (317, 1, 8, program)):
        try:
            c(*call)
            return f"call {call[0]} added a filter"
        except OSError:
            continue
