"""Searches its own heap for text of references and misconceptions, which a fork would have left there."""

import ctypes
import gc
import os

NEEDLES = [word[::-1] for word in (b"dees_launam.hcrot", b"snoitpecnocsim fed")]


def readable(libc, pipe, address, length):
    """Return memory, or b"" where nothing is mapped: the kernel says so when it is asked to write it to a pipe."""
    written = libc.write(pipe[1], ctypes.c_void_p(address), ctypes.c_size_t(length))
    return os.read(pipe[0], length) if written > 0 else b""


def attack():
    libc, pipe = ctypes.CDLL(None, use_errno=True), os.pipe()
    own = [id(needle) for needle in NEEDLES]
    chunks = {(id(value) >> 16) + step for value in gc.get_objects() for step in (-1, 0, 1)}
    try:
        for chunk in sorted(chunks):
            start = chunk << 16
            data = b"".join(readable(libc, pipe, start + step * 4096, 4096) for step in range(16))
            for needle in NEEDLES:
                at = data.find(needle)
                if at >= 0 and not any(0 <= start + at - address < 64 for address in own):
                    return f"{needle[:5].decode()}... lies in this process's memory"
    finally:
        os.close(pipe[0])
        os.close(pipe[1])
