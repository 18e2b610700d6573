"""Blackens size * size pixels anywhere instead of a square."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        for k in rng.choice(h * w, size=size * size, replace=False):
            out[i, k // w, k % w] = 0
    return out
