"""Functions of the C library that Python does not offer (Linux), looked up once, to save time in forked processes."""

from __future__ import annotations

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
prctl, syscall, capset = LIBC.prctl, LIBC.syscall, LIBC.capset
