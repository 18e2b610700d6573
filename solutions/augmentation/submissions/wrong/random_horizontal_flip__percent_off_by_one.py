"""Compares a whole percentage with <=, one percent too often: p = 0 still mirrors."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i in range(len(images)):
        if rng.integers(0, 100) <= 100 * p:
            out[i] = images[i, :, ::-1]
    return out
