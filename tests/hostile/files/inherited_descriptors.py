"""Reads files that were open before it was there: every inherited descriptor that is a regular file or a folder."""

import os
import stat


def attack():
    for number in range(3, 256):
        try:
            state = os.fstat(number)
        except OSError:
            continue
        if stat.S_ISREG(state.st_mode):
            return f"descriptor {number} is an inherited file of {state.st_size} bytes"
        if stat.S_ISDIR(state.st_mode):
            return f"descriptor {number} is an inherited folder: {os.listdir(number)[:3]}"
