"""Starts a generator with the same seed for every image, so all of them get the same noise."""
import numpy as np


def add_noise(images, std, rng):
    seed = int(rng.integers(2**32))
    out = np.empty_like(images)
    for i in range(len(images)):
        out[i] = images[i] + np.random.default_rng(seed).normal(0, std, images[i].shape)
    return out
