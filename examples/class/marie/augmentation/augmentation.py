"""Changes the batch it is given and hands it back."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    for image in images:
        if rng.uniform() < p:
            image[...] = image[:, ::-1].copy()
    return images


def random_crop(images, padding, rng):
    n, h, w, _ = images.shape
    for image in images:
        dy, dx = rng.integers(-padding, padding + 1, size=2)
        # part of the old image that stays visible
        y0, y1 = max(dy, 0), min(h + dy, h)
        x0, x1 = max(dx, 0), min(w + dx, w)
        if y1 <= y0 or x1 <= x0:  # shifted out of sight
            image[...] = 0
            continue
        seen = image[y0:y1, x0:x1].copy()
        image[...] = 0
        image[y0 - dy : y1 - dy, x0 - dx : x1 - dx] = seen
    return images


def add_noise(images, std, rng):
    noise = rng.standard_normal(images.shape)
    noise *= std
    images += noise
    return images


def cutout(images, size, rng):
    n, h, w, _ = images.shape
    for k in range(n):
        top = rng.integers(h - size + 1)
        left = rng.integers(w - size + 1)
        images[k, top : top + size, left : left + size, :] = 0
    return images
