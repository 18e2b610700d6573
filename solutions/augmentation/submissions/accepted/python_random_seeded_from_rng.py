"""The standard library's random.Random, seeded with a draw from rng."""
import random

import numpy as np


def _python_random(rng):
    return random.Random(int(rng.integers(0, 2**63 - 1)))


def random_horizontal_flip(images, p, rng):
    r = _python_random(rng)
    return np.array([img[:, ::-1] if r.random() < p else img for img in images])


def random_crop(images, padding, rng):
    r = _python_random(rng)
    N, H, W, C = images.shape
    out = np.zeros((N, H + 4 * padding, W + 4 * padding, C))
    for i in range(N):
        down = r.randint(0, 2 * padding)
        right = r.randint(0, 2 * padding)
        out[i, down:down + H, right:right + W] = images[i]
    return out[:, padding:padding + H, padding:padding + W]


def add_noise(images, std, rng):
    r = _python_random(rng)
    out = images.copy()
    for index in np.ndindex(*images.shape):
        out[index] += r.gauss(0, std)
    return out


def cutout(images, size, rng):
    r = _python_random(rng)
    out = images.copy()
    H, W = images.shape[1:3]
    for img in out:
        top = r.randrange(H - size + 1)
        left = r.choice(range(W - size + 1))
        img[top:top + size, left:left + size, :] = 0
    return out
