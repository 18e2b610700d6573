"""Reverses the chosen part of the batch along axis 0 as well, so images no longer match their labels."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    chosen = np.flatnonzero(rng.random(len(images)) < p)
    out[chosen] = images[chosen[::-1], :, ::-1]
    return out
