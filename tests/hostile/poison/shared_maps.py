"""Writes into every mapping that is shared with the fork server: its own anonymous ones, and those that it inherited."""

import gc
import mmap

import numpy as np

OWN = mmap.mmap(-1, 4096)
OWN[:8] = b"poisoned"


def fit_standardizer(x):
    for value in gc.get_objects():
        if isinstance(value, mmap.mmap) and value is not OWN:
            try:
                value[:] = b"\xaa" * len(value)
            except (TypeError, ValueError):
                continue
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
