"""Maps memory past the heap: shared anonymous maps, maps of /dev/zero, without reserve, growing by mremap."""

import ctypes
import mmap
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    ways = (
        lambda: mmap.mmap(-1, 2 << 30),
        lambda: mmap.mmap(-1, 2 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000),
        lambda: mmap.mmap(os.open("/dev/zero", os.O_RDWR), 2 << 30),
        lambda: mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).resize(2 << 30),
        lambda: mmap.mmap(-1, 2 << 30, prot=mmap.PROT_READ),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} mapped 2 GB"
        except (OSError, ValueError, OverflowError, SystemError):
            continue
