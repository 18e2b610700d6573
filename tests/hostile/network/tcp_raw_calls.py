"""Connects by raw calls, past Python's socket module, and by TCP Fast Open through sendto."""

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
