"""Overwrites the images it is given, with a generator spawned from a drawn seed for each call."""
import numpy as np


def _child(rng):
    sequence = np.random.SeedSequence(rng.integers(0, 2 ** 32, size=8).tolist())
    return np.random.Generator(np.random.Philox(sequence.spawn(1)[0]))


def random_horizontal_flip(images, p, rng):
    child = _child(rng)
    for image in images:
        if child.uniform() < p:
            image[:] = image[:, ::-1].copy()
    return images


def random_crop(images, padding, rng):
    child = _child(rng)
    for image in images:
        dy, dx = child.integers(-padding, padding + 1, size=2)
        old = image.copy()
        image[...] = 0
        h, w = image.shape[:2]
        # image[i, j] = old[i + dy, j + dx] wherever that exists
        top, bottom = max(0, -dy), min(h, h - dy)
        left, right = max(0, -dx), min(w, w - dx)
        if top < bottom and left < right:
            image[top:bottom, left:right] = old[top + dy:bottom + dy, left + dx:right + dx]
    return images


def add_noise(images, std, rng):
    child = _child(rng)
    for channel in range(images.shape[-1]):
        images[..., channel] += child.normal(scale=std, size=images.shape[:-1])
    return images


def cutout(images, size, rng):
    child = _child(rng)
    places = [(i, j) for i in range(images.shape[1] - size + 1)
              for j in range(images.shape[2] - size + 1)]
    child.shuffle(places)
    for image in images:
        i, j = places[child.integers(len(places))]
        image[i:i + size, j:j + size] = 0
    return images
