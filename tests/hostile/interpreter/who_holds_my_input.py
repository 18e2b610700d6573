"""Follows gc.get_referrers from its input upwards, to whatever holds the request and perhaps the answer beside it."""

import gc
import sys

import numpy as np


def attack():
    frame = sys._getframe(1)
    start = None
    while frame is not None and start is None:
        start = next(
            (value for value in frame.f_locals.values() if isinstance(value, np.ndarray) and value.ndim == 2), None
        )
        frame = frame.f_back
    if start is None:
        return None
    mean, layer, seen = start.mean(axis=0), [start], set()
    for _ in range(3):
        following = []
        for value in layer:
            for holder in gc.get_referrers(value):
                if id(holder) in seen or holder is layer or len(seen) > 500:
                    continue
                seen.add(id(holder))
                following.append(holder)
                for part in gc.get_referents(holder):
                    if (
                        isinstance(part, np.ndarray)
                        and part is not mean
                        and part.shape == mean.shape
                        and np.allclose(part, mean)
                    ):
                        return "a holder of the input holds the answer too"
        layer = following
