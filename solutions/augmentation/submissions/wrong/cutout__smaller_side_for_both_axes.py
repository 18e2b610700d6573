"""Both coordinates run to min(H, W) - size: the far end of oblong images is never reached."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    room = min(h, w) - size + 1
    for i in range(n):
        y, x = rng.integers(room), rng.integers(room)
        out[i, y:y + size, x:x + size] = 0
    return out
