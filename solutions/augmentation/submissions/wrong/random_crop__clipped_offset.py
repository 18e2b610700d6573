"""Keeps the window inside the image by clipping the shift to a third of the height, so large padding is not honoured."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padding = min(padding, h // 3, w // 3)
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, size=2)
        out[i] = padded[i, y:y + h, x:x + w]
    return out
