"""Reverses both rows and columns."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = np.rot90(images[i], 2)
    return out
