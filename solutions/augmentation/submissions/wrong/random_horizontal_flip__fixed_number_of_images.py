"""Mirrors exactly round(p N) images, chosen without replacement."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    n = images.shape[0]
    chosen = rng.choice(n, size=int(round(p * n)), replace=False)
    out = images.copy()
    out[chosen] = images[chosen, :, ::-1]
    return out
