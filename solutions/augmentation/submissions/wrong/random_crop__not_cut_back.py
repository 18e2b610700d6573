"""Returns the padded size: pads, but never cuts."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    out = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, size=2)
        out[i, y:y + h, x:x + w] = images[i]
    return out
