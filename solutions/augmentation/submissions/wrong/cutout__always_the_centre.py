"""The hole is in the middle of every image."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    y, x = (h - size) // 2, (w - size) // 2
    out = images.copy()
    out[:, y:y + size, x:x + size] = 0
    return out
