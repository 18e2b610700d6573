"""Strided windows on padded images; non-contiguous and read-only views come back."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def random_horizontal_flip(images, p, rng):
    n, h, w, c = images.shape
    both = np.concatenate((images, images[:, :, ::-1]), axis=2)
    start = np.where(rng.random(n) < p, w, 0)
    windows = sliding_window_view(both, w, axis=2)            # (n, h, w + 1, c, w)
    out = windows[np.arange(n), :, start]                     # (n, h, c, w)
    out.flags.writeable = False
    return out.transpose(0, 1, 3, 2)


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    windows = sliding_window_view(big, (h, w), axis=(1, 2))   # (n, 2p+1, 2p+1, c, h, w)
    i = rng.integers(windows.shape[1], size=n)
    j = rng.integers(windows.shape[2], size=n)
    return np.moveaxis(windows[np.arange(n), i, j], 1, -1)


def add_noise(images, std, rng):
    noise = rng.normal(0, std, images.shape[::-1])
    return (images.T + noise).T


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    if size == 0:
        return out
    windows = sliding_window_view(out, (size, size), axis=(1, 2), writeable=True)
    for k in range(n):
        windows[k, rng.integers(h - size + 1), rng.integers(w - size + 1)] = 0
    return out
