"""Augmentation. Nothing is differentiated here."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    N, H, W, C = images.shape
    flip = rng.binomial(1, p, size=N).reshape(N, 1)
    columns = np.arange(W)[None, :]
    columns = np.where(flip == 1, W - 1 - columns, columns)  # (N, W)
    return images[np.arange(N)[:, None], :, columns].transpose(0, 2, 1, 3)


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    padded = np.pad(images, ((0, 0), (padding,) * 2, (padding,) * 2, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (H, W), axis=(1, 2))  # (N, 2p+1, 2p+1, C, H, W)
    offset = rng.integers(2 * padding, size=(N, 2), endpoint=True)
    return np.moveaxis(windows[np.arange(N), offset[:, 0], offset[:, 1]], 1, 3)


def add_noise(images, std, rng):
    return rng.normal(images, std)


def cutout(images, size, rng):
    N, H, W, C = images.shape
    top = rng.integers(H - size + 1, size=(N, 1))
    left = rng.integers(W - size + 1, size=(N, 1))
    r, c = np.arange(H) - top, np.arange(W) - left
    row = (r >= 0) & (r < size)
    column = (c >= 0) & (c < size)
    hole = row[:, :, None] & column[:, None, :]
    return images * ~hole[..., None]
