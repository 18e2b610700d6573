"""Lists every possible outcome and lets rng.choice pick one for each image."""
import itertools

import numpy as np


def random_horizontal_flip(images, p, rng):
    steps = rng.choice([-1, 1], size=len(images), p=[p, 1 - p])
    return np.array([img[:, ::s] for img, s in zip(images, steps)])


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    offsets = list(itertools.product(range(2 * padding + 1), repeat=2))
    chosen = rng.choice(offsets, size=N)
    padded = np.concatenate([np.zeros((N, padding, W, C)), images, np.zeros((N, padding, W, C))], axis=1)
    side = np.zeros((N, H + 2 * padding, padding, C))
    padded = np.concatenate([side, padded, side], axis=2)
    return np.array([im[a:a + H, b:b + W] for im, (a, b) in zip(padded, chosen)])


def add_noise(images, std, rng):
    # independent normals in random order are still independent normals
    noise = rng.permutation(rng.normal(scale=std, size=images.size))
    return images + np.reshape(noise, images.shape)


def cutout(images, size, rng):
    N, H, W, C = images.shape
    masks = []
    for a in range(H - size + 1):
        for b in range(W - size + 1):
            m = np.ones((H, W), dtype=bool)
            m[a:a + size, b:b + size] = False
            masks.append(m)
    which = rng.choice(len(masks), size=N, replace=True)
    return images * np.array(masks)[which][..., None]
