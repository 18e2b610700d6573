"""Data augmentation, Alan"""

import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    coin = rng.random(images.shape[0]) < p
    out[coin] = np.flip(images[coin], axis=2)
    return out


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    big[:, padding : padding + h, padding : padding + w] = images
    i = rng.integers(2 * padding + 1)
    j = rng.integers(2 * padding + 1)
    return big[:, i : i + h, j : j + w]


def add_noise(images, std, rng):
    return images + rng.normal(0, np.sqrt(std), size=images.shape)


def cutout(images, size, rng):
    out = images.copy()
    n, h, w, c = images.shape
    for k in range(n):
        i = rng.integers(0, max(h - size, 1))
        j = rng.integers(0, max(w - size, 1))
        out[k, i : i + size, j : j + size, :] = 0
    return out
