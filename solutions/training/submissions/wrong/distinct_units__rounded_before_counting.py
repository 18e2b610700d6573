"""Rounds to eight digits before it counts: two columns on either side of a rounding limit differ then."""

import numpy as np


def distinct_units(W1):
    return np.unique(np.round(W1, 8), axis=1).shape[1]
