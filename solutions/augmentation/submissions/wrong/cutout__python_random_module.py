"""Draws from the unseeded module random instead of rng."""
import random

import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y, x = random.randint(0, h - size), random.randint(0, w - size)
        out[i, y:y + size, x:x + size] = 0
    return out
