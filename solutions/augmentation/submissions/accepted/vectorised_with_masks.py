"""No loop at all: boolean masks, np.where and broadcast index arrays."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    flip = rng.uniform(size=images.shape[0]) < p
    return np.where(flip[:, None, None, None], np.flip(images, axis=2), images)


def random_crop(images, padding, rng):
    n, h, w, _ = images.shape
    off = rng.integers(0, 2 * padding, size=(2, n), endpoint=True)
    rows = off[0][:, None] + np.arange(h)
    cols = off[1][:, None] + np.arange(w)
    big = np.pad(images, [(0, 0), (padding,) * 2, (padding,) * 2, (0, 0)], mode="constant")
    return big[np.arange(n)[:, None, None], rows[:, :, None], cols[:, None, :]]


def add_noise(images, std, rng):
    return images + std * rng.standard_normal(images.shape)


def cutout(images, size, rng):
    n, h, w, _ = images.shape
    top = rng.integers(h - size + 1, size=n)[:, None]
    left = rng.integers(w - size + 1, size=n)[:, None]
    r, c = np.arange(h), np.arange(w)
    in_rows = (r >= top) & (r < top + size)
    in_cols = (c >= left) & (c < left + size)
    hole = in_rows[:, :, None, None] & in_cols[:, None, :, None]
    return np.where(hole, 0.0, images)
