"""A program that prints the shared libraries which extension modules load, under the names by which they are found.

`python linked.py FOLDER...` loads every extension module in the folders, without running it, and asks the loader what
is in the process then. A module that lacks a library can't be imported here anyway. It imports little, since a check
waits for it.
"""

from __future__ import annotations

import ctypes
import os
import sys

NEEDS_A_SCREEN = "_tkinter"  # and the libraries of a whole desktop


class Loaded(ctypes.Structure):
    """The head of struct dl_phdr_info."""

    _fields_ = (("address", ctypes.c_void_p), ("name", ctypes.c_char_p))


def main(folders: list[str]) -> None:
    """Load and print."""
    for place, _, names in (found for folder in folders for found in os.walk(folder)):
        for name in names:
            if name.endswith(".so") and not name.startswith(NEEDS_A_SCREEN):
                try:
                    ctypes.CDLL(f"{place}/{name}", os.RTLD_LAZY)
                except OSError:
                    continue
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Loaded), ctypes.c_size_t, ctypes.c_void_p)
    ctypes.CDLL(None).dl_iterate_phdr(callback(_show), None)


def _show(loaded: ctypes._Pointer[Loaded], _size: int, _data: int | None) -> int:
    name = os.fsdecode(loaded.contents.name or b"")
    if name.startswith("/"):  # neither the program itself nor what the kernel maps
        print(name)
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
