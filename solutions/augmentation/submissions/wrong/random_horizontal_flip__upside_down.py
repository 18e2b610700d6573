"""Mirrors the rows (axis 1) instead of the columns."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    coins = rng.random(images.shape[0]) < p
    out[coins] = images[coins, ::-1]
    return out
