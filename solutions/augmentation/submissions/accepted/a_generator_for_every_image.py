"""Every image gets a generator of its own, seeded from draws of rng, of varying bit generators."""
import numpy as np

KINDS = [np.random.PCG64DXSM, np.random.Philox, np.random.SFC64, np.random.MT19937]


def _children(rng, n):
    seeds = rng.integers(0, 2**32, size=(n, 4), dtype=np.uint64)
    return [np.random.Generator(KINDS[i % 4](np.random.SeedSequence([int(s) for s in row])))
            for i, row in enumerate(seeds)]


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i, child in enumerate(_children(rng, len(images))):
        if child.uniform(0, 1) < p:
            out[i] = images[i, :, ::-1]
    return out


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i, child in enumerate(_children(rng, n)):
        a, b = child.integers(0, 2 * padding + 1, size=2)
        out[i] = np.pad(images[i], ((padding, padding), (padding, padding), (0, 0)))[a:a + h, b:b + w]
    return out


def add_noise(images, std, rng):
    return np.stack([x + std * g.standard_normal(x.shape) for x, g in zip(images, _children(rng, len(images)))])


def cutout(images, size, rng):
    n, h, w, c = images.shape
    keep = np.ones((n, h, w), dtype=bool)
    for mask, child in zip(keep, _children(rng, n)):
        a, b = child.integers(h - size + 1), child.integers(w - size + 1)
        mask[a:a + size, b:b + size] = False
    return np.multiply(images, keep[..., None])
