"""Row and column offset are drawn without replacement, so they are never equal."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.choice(2 * padding + 1, size=2, replace=False) if padding else (0, 0)
        out[i] = padded[i, y:y + h, x:x + w]
    return out
