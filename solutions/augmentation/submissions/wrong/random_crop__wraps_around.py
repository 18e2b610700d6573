"""Rolls the image, so what leaves on one side comes back on the other."""
import numpy as np


def random_crop(images, padding, rng):
    out = np.empty_like(images)
    for i in range(len(images)):
        shift = rng.integers(-padding, padding + 1, size=2)
        out[i] = np.roll(images[i], shift, axis=(0, 1))
    return out
