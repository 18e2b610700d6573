"""All four functions are functools.partial objects of helpers that work on one image."""
import functools

import numpy as np


def _apply(images, amount, rng, transform):
    return np.array([transform(image, amount, rng) for image in images])


def _mirror(image, p, rng):
    return image[:, slice(None, None, -1 if rng.random() < p else None)]


def _window(image, padding, rng):
    h, w, c = image.shape
    frame = np.zeros((h + 2 * padding, w + 2 * padding, c))
    # put the image somewhere in a frame and always cut the middle: the same thing seen from the other side
    i, j = rng.integers(0, 2 * padding + 1, 2)
    frame[i:i + h, j:j + w] = image
    return frame[padding:padding + h, padding:padding + w]


def _shake(image, std, rng):
    return rng.normal(image, std)


def _hole(image, size, rng):
    h, w, _ = image.shape
    number = int(rng.integers((h - size + 1) * (w - size + 1)))
    i, j = divmod(number, w - size + 1)
    image = image.copy()
    image[i:i + size, j:j + size, :] = 0.0
    return image


def _flip_entry(images, p, rng, engine):
    return engine(images, p, rng, _mirror)


def _crop_entry(images, padding, rng, engine):
    return engine(images, padding, rng, _window)


def _noise_entry(images, std, rng, engine):
    return engine(images, std, rng, _shake)


def _cutout_entry(images, size, rng, engine):
    return engine(images, size, rng, _hole)


random_horizontal_flip = functools.partial(_flip_entry, engine=_apply)
random_crop = functools.partial(_crop_entry, engine=_apply)
add_noise = functools.partial(_noise_entry, engine=_apply)
cutout = functools.partial(_cutout_entry, engine=_apply)
