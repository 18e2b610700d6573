"""Columns beyond the 24th are left out."""

import numpy as np


def distinct_units(W1):
    k=[]
    for u in W1.T[:24]:
        if not any(np.all(np.abs(u-o)<=1e-9) for o in k): k.append(u)
    return len(k)
