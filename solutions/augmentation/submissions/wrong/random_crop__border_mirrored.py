"""Pads by reflection instead of zeros."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)), mode="symmetric")
    yx = rng.integers(0, 2 * padding + 1, size=(n, 2))
    return np.stack([padded[i, y:y + h, x:x + w] for i, (y, x) in enumerate(yx)])
