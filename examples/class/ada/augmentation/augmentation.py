"""No loop over the images: index arrays say which pixel goes where."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    n, h, w, c = images.shape
    flip = rng.binomial(1, p, size=(n, 1))
    j = np.arange(w)
    columns = j + flip * (w - 1 - 2 * j)  # j or w-1-j
    return np.take_along_axis(images, columns[:, None, :, None], axis=2)


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    big[:, padding : padding + h, padding : padding + w] = images
    # one number for both offsets
    side = 2 * padding + 1
    top, left = np.divmod(rng.integers(side * side, size=n), side)
    i = top[:, None, None] + np.arange(h)[None, :, None]
    j = left[:, None, None] + np.arange(w)[None, None, :]
    return big[np.arange(n)[:, None, None], i, j]


def add_noise(images, std, rng):
    # the mean of a pixel is the pixel
    return rng.normal(loc=images, scale=std)


def _inside(start, size, length):
    i = np.arange(length)
    return (i >= start[:, None]) & (i < start[:, None] + size)


def cutout(images, size, rng):
    n, h, w, c = images.shape
    rows = _inside(rng.integers(h - size, size=n, endpoint=True), size, h)
    cols = _inside(rng.integers(w - size, size=n, endpoint=True), size, w)
    hole = np.einsum("ni,nj->nij", rows, cols)
    return np.where(hole[..., None], 0.0, images)
