"""Augmentation."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for n in range(len(images)):
        if rng.uniform() < p:
            out[n] = np.fliplr(images[n])
    return out


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    # shape mismatch somewhere here, why??
    padded = np.zeros((n, h + padding, w + padding, c))
    padded[:, padding : padding + h, padding : padding + w] = images
    out = np.zeros(images.shape)
    for k in range(n):
        top, left = rng.integers(0, 2 * padding + 1, size=2)
        out[k] = padded[k, top : top + h, left : left + w]
    return out


def add_noise(images, std, rng):
    from scipy import stats

    return images + stats.norm.rvs(scale=std, size=images.shape, random_state=rng)


def cutout(images, size, rng):
    out = images.copy()
    n, h, w = images.shape
    for k in range(n):
        top = rng.integers(0, h - size + 1)
        left = rng.integers(0, w - size + 1)
        out[k, top : top + size, left : left + size] = 0
    return out
