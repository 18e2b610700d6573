"""Asks the garbage collector for every object alive, and looks for right answers and for records of other students."""

import gc

import numpy as np


def attack():
    arrays, names = [], set()
    for value in gc.get_objects():
        for part in gc.get_referents(value):
            if type(part) is np.ndarray and part.dtype == float and 0 < part.size < 100000:
                arrays.append(part)
        kind = type(value)
        if str(kind.__module__).startswith("autograder.") and kind.__name__ in (
            "Record",
            "Verdict",
            "Run",
            "Check",
            "Exercise",
            "Expect",
            "AnswerKey",
            "KeyCheck",
            "Recorded",
            "CallShapes",
        ):
            names.add(f"{kind.__module__}.{kind.__name__}")
    if names:
        return f"objects of the grader are alive here: {sorted(names)[:3]}"
    for x in [value for value in arrays if value.ndim == 2 and len(value) > 1][:50]:
        mean = x.mean(axis=0)
        if any(y.shape == mean.shape and y.any() and np.allclose(y, mean) for y in arrays):
            return "the right answer is an object alive in this process"
