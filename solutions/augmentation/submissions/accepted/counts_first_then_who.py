"""Draws how many images get each outcome (binomial, multinomial) and then which ones, by permutation."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    n = len(images)
    k = rng.binomial(n, p)
    flipped = rng.permutation(n)[:k]
    out = images.copy()
    out[flipped] = out[flipped][:, :, ::-1]
    return out


def _labels(n, m, rng):
    """n independent uniform labels 0 .. m-1, by way of their counts."""
    counts = rng.multinomial(n, np.full(m, 1 / m))
    labels = np.repeat(np.arange(m), counts)
    rng.shuffle(labels)
    return labels


def random_crop(images, padding, rng):
    n, h, w, _ = images.shape
    k = 2 * padding + 1
    rows, cols = np.divmod(_labels(n, k * k, rng), k)
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = images.copy()
    for a in range(k):
        for b in range(k):
            who = (rows == a) & (cols == b)
            out[who] = padded[who, a:a + h, b:b + w]
    return out


def add_noise(images, std, rng):
    # the square of a standard normal is twice a gamma variable of shape 1/2; its sign is a fair coin
    size = np.sqrt(2 * rng.standard_gamma(0.5, images.shape))
    sign = rng.integers(0, 2, images.shape) * 2 - 1
    return images + std * sign * size


def cutout(images, size, rng):
    n, h, w, _ = images.shape
    rows = _labels(n, h - size + 1, rng)
    cols = _labels(n, w - size + 1, rng)
    out = images.copy()
    for i in range(n):
        out[i, rows[i]:rows[i] + size, cols[i]:cols[i] + size] = 0
    return out
