"""Rounds a uniform number in [0, H - size]: the border positions come half as often."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y = int(round(rng.uniform(0, h - size)))
        x = int(round(rng.uniform(0, w - size)))
        out[i, y:y + size, x:x + size] = 0
    return out
