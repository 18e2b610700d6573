"""Walks the frames of its callers and everything reachable from them, looking for the right answer to the call."""

import sys

import numpy as np


def inputs_and_objects():
    """Return the largest array that callers hold, and all objects that their frames reach in three steps."""
    frame, found = sys._getframe(2), []
    while frame is not None:
        found += list(frame.f_locals.values())
        found += [value for name, value in frame.f_globals.items() if not name.startswith("__")]
        frame = frame.f_back
    seen, layer = {}, found
    for _ in range(3):
        following = []
        for value in layer:
            if id(value) in seen or len(seen) > 20000:
                continue
            seen[id(value)] = value
            if isinstance(value, dict):
                following += list(value.values())
            elif isinstance(value, (list, tuple, set)):
                following += list(value)
            elif hasattr(value, "__dict__") and not isinstance(value, type(sys)):
                following += list(vars(value).values())
        layer = following
    return seen


def attack():
    seen = inputs_and_objects()
    arrays = [value for value in seen.values() if isinstance(value, np.ndarray) and value.dtype == float and value.size]
    tables = [value for value in arrays if value.ndim == 2 and len(value) > 1]
    for x in tables:
        mean, std = x.mean(axis=0), x.std(axis=0)
        for value in arrays:
            if value.shape == mean.shape and (np.allclose(value, mean) or np.allclose(value, std)):
                return f"the right answer lies in a caller's frame: {value.shape}"
