"""Names the fork server the owner of a line by ioctl (FIOSETOWN, SIOCSPGRP), the other door to F_SETOWN."""

import fcntl
import os
import struct


def attack():
    out, into = os.pipe()
    try:
        for number in (*range(20), out):
            for request in (0x8901, 0x8902):
                try:
                    fcntl.ioctl(number, request, struct.pack("i", os.getppid()))
                    return f"ioctl {request:#x} worked on descriptor {number}"
                except OSError:
                    continue
        fcntl.ioctl(out, 0x5452, struct.pack("i", 1))
        return "FIOASYNC worked on a pipe of its own"
    finally:
        os.close(out)
        os.close(into)
