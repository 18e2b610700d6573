"""Decides by races: the smaller of two exponential waiting times, the place of the largest of many draws."""
import numpy as np


def _flip_wins(p, rng):
    # waiting times of rates p and 1 - p: the first is the smaller one with probability p
    e1, e2 = rng.exponential(size=2)
    return e1 * (1 - p) < e2 * p


def _place(n, rng):
    return int(np.argmax(rng.normal(size=n)))


def random_horizontal_flip(images, p, rng):
    return np.array([x[:, ::-1] if _flip_wins(p, rng) else x for x in images])


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    out = np.zeros_like(images)
    for x, y in zip(images, out):
        r = _place(2 * padding + 1, rng)
        c = _place(2 * padding + 1, rng)
        z = np.pad(x, [(padding, padding), (padding, padding), (0, 0)])
        y[:] = z[r:r + H, c:c + W]
    return out


def add_noise(images, std, rng):
    # Marsaglia's polar method, one number of each pair
    need, got = images.size, []
    while need > 0:
        uv = rng.uniform(-1, 1, size=(2 * need + 8, 2))
        s = (uv**2).sum(1)
        ok = (s > 0) & (s < 1)
        good = uv[ok, 0] * np.sqrt(-2 * np.log(s[ok]) / s[ok])
        got.append(good[:need])
        need -= len(got[-1])
    return images + std * np.concatenate(got or [np.zeros(0)]).reshape(images.shape)


def cutout(images, size, rng):
    N, H, W, C = images.shape
    out = images.copy()
    for x in out:
        scores = rng.random((H - size + 1, W - size + 1))
        r, c = np.unravel_index(scores.argmin(), scores.shape)
        x[r:r + size, c:c + size] = 0
    return out
