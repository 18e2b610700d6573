"""Compares p with a random binary fraction bit by bit; numbers below n by drawing bits until they fit."""
import numpy as np
from statistics import NormalDist


def biased_coin(p, rng):
    """True with probability exactly p."""
    if p >= 1:
        return True
    while p > 0:
        p *= 2                          # the next binary digit of p, without rounding
        digit, p = (1, p - 1) if p >= 1 else (0, p)
        bit = int(rng.integers(2))
        if bit != digit:
            return bit < digit
    return False


def number_below(n, rng):
    while True:
        value, reach = 0, 1
        while reach < n:
            value = 2 * value + int(rng.integers(2))
            reach *= 2
        if value < n:
            return value


def random_horizontal_flip(images, p, rng):
    index = np.arange(images.shape[2])
    order = [index[::-1] if biased_coin(p, rng) else index for _ in images]
    return np.take_along_axis(images, np.array(order)[:, None, :, None], axis=2)


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    frame = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    rows = np.array([number_below(2 * padding + 1, rng) + np.arange(h) for _ in range(n)])
    cols = np.array([number_below(2 * padding + 1, rng) + np.arange(w) for _ in range(n)])
    frame = np.take_along_axis(frame, rows[:, :, None, None], axis=1)
    return np.take_along_axis(frame, cols[:, None, :, None], axis=2)


def add_noise(images, std, rng):
    phi_inverse = NormalDist().inv_cdf
    out = np.empty(images.shape)
    for where in np.ndindex(images.shape):
        u = (int(rng.integers(2**53)) + 0.5) / 2**53
        out[where] = images[where] + std * phi_inverse(min(u, 1 - 2**-53))
    return out


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        top, left = number_below(h - size + 1, rng), number_below(w - size + 1, rng)
        for flat in range(size * size):
            y, x = divmod(flat, size)
            out[i, top + y, left + x] = 0
    return out
