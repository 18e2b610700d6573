"""Sorts the columns by their entries and compares neighbors: noise in the first entry takes equal columns apart."""

import numpy as np


def distinct_units(W1):
    in_order = W1[:, np.lexsort(W1[::-1])]
    return 1 + int(np.sum(np.abs(np.diff(in_order, axis=1)).max(axis=0) > 1e-9))
