"""Functional: reduce, starmap, accumulate and product; tuples of arrays come back."""
from functools import reduce
from itertools import islice, product, repeat, starmap, tee

import numpy as np


def random_horizontal_flip(images, p, rng):
    coins = starmap(rng.random, repeat(()))
    return tuple(image[:, ::-1] if c < p else image for image, c in zip(images, coins))


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    steps = islice(iter(lambda: int(rng.integers(2 * padding + 1)) - padding, None), 2 * n)
    pairs = zip(*[steps] * 2)

    def place(out, job):
        i, (dy, dx) = job
        for y, x in product(range(h), range(w)):
            if 0 <= y - dy < h and 0 <= x - dx < w:
                out[i, y - dy, x - dx] += images[i, y, x]
        return out
    return reduce(place, enumerate(pairs), np.zeros(images.shape))


def add_noise(images, std, rng):
    # a normal is the sum of four independent ones of a quarter of the variance
    return reduce(np.add, (rng.normal(0, std / 2, images.shape) for _ in range(4)), images)


def cutout(images, size, rng):
    n, h, w, c = images.shape
    first, second = tee(repeat(rng, n))
    corners = list(zip((int(g.integers(h - size + 1)) for g in first), (int(g.integers(w - size + 1)) for g in second)))
    holes = ((i, top + a, left + b) for i, (top, left) in enumerate(corners)
             for a, b in product(range(size), repeat=2))

    def erase(out, where):
        out[where] = 0
        return out
    return tuple(reduce(erase, holes, images.copy()))
