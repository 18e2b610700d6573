"""Connects by raw calls, past Python's socket module, and by TCP Fast Open through sendto."""

import os
import struct


def attack():
    address = struct.pack("=H", 2) + struct.pack(">H", TARGETS["tcp_port"]) + bytes([127, 0, 0, 1]) + bytes(8)
    line = c(41, 2, 1, 0)
    try:
        c(42, line, address, 16)
        return "connected by raw calls"
    except OSError:
        c(44, line, b"x", 1, 0x20000000, address, 16)
        return "sent by fast open"
    finally:
        os.close(line)
