"""Functions of the C library that Python has no names for (Linux), looked up once: a forked process has no time to."""

from __future__ import annotations

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
prctl, syscall, capset = LIBC.prctl, LIBC.syscall, LIBC.capset
