"""Object arrays of exact fractions, turned into numbers only by whoever reads them."""
from fractions import Fraction

import numpy as np

exact = np.frompyfunc(lambda v: Fraction(float(v)), 1, 1)


def _exact(images):
    return np.asarray(exact(images), dtype=object)


def random_horizontal_flip(images, p, rng):
    frac = _exact(images)
    threshold = Fraction(p)
    for i in range(len(frac)):
        if Fraction(int(rng.integers(2**62)), 2**62) < threshold:
            frac[i] = frac[i, :, ::-1].copy()
    return frac


def random_crop(images, padding, rng):
    frac = _exact(images)
    n, h, w, c = frac.shape
    out = np.full(frac.shape, Fraction(0), dtype=object)
    for i in range(n):
        dy = int(rng.integers(2 * padding + 1)) - padding
        dx = int(rng.integers(2 * padding + 1)) - padding
        for y in range(h):
            for x in range(w):
                if y + dy in range(h) and x + dx in range(w):
                    out[i, y, x] = frac[i, y + dy, x + dx]
    return out


def add_noise(images, std, rng):
    return _exact(images) + Fraction(std) * _exact(rng.standard_normal(images.shape))


def cutout(images, size, rng):
    frac = _exact(images)
    n, h, w, c = frac.shape
    for i in range(n):
        y, x = int(rng.integers(h - size + 1)), int(rng.integers(w - size + 1))
        frac[i, y:y + size, x:x + size] = Fraction(0)
    return frac
