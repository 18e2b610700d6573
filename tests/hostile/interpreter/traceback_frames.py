"""Raises, and reaches callers' variables through the traceback and the exceptions that were handled before."""

import inspect
import sys

import numpy as np


def attack():
    held = []
    try:
        raise RuntimeError
    except RuntimeError as error:
        frames = [record.frame for record in inspect.getouterframes(error.__traceback__.tb_frame)[1:]]
        chained = error.__context__
        while chained is not None:
            trace = chained.__traceback__
            while trace is not None:
                frames.append(trace.tb_frame)
                trace = trace.tb_next
            chained = chained.__context__
    for frame in frames:
        held += [value for value in frame.f_locals.values() if isinstance(value, np.ndarray)]
        held += [part for value in frame.f_locals.values() if isinstance(value, (list, tuple)) for part in value]
    arrays = [value for value in held if isinstance(value, np.ndarray) and value.dtype == float and value.size]
    for x in arrays:
        right = (x.mean(axis=0), x.std(axis=0)) if x.ndim == 2 and len(x) > 1 else ()
        if any(y.shape == z.shape and np.allclose(y, z) for y in arrays for z in right):
            return "the right answer lies in a frame of the traceback"
    last = getattr(sys, "last_traceback", None)
    return f"a former submission's traceback is left: {last}" if last else None
