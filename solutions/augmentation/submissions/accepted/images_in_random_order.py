"""Works on the images in a random order and draws for each when its turn comes; signed zeros and an early exit for nothing to do."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    if p == 0:
        return images
    if p == 1:
        return images[:, :, ::-1]
    out = [None] * len(images)
    for i in rng.permutation(len(images)):
        out[i] = images[i, :, ::-1] if rng.binomial(1, p) else images[i]
    return out


def random_crop(images, padding, rng):
    if padding == 0:
        return images
    n, h, w, c = images.shape
    out = [None] * n
    for i in rng.permutation(n):
        r = int(rng.permutation(2 * padding + 1)[0])
        s = int(rng.permutation(2 * padding + 1)[-1])
        out[i] = np.pad(images[i], ((padding, padding), (padding, padding), (0, 0)))[r:r + h, s:s + w]
    return out


def add_noise(images, std, rng):
    if not std:
        return images
    out = images.copy()
    for i in rng.permutation(len(images)):
        out[i] -= std * rng.standard_normal(images[i].shape)       # the normal distribution is symmetric
    return out


def cutout(images, size, rng):
    out = images.copy()
    n, h, w, c = images.shape
    if size == min(h, w) and h == w:
        return images * -0.0
    for i in rng.permutation(n):
        r, s = rng.integers(h - size + 1), rng.integers(w - size + 1)
        out[i, r:r + size, s:s + size] *= -0.0
    return out
