"""Coroutines receive image after image and send back the augmented one."""
import numpy as np


def _primed(make):
    def start(*args):
        co = make(*args)
        next(co)
        return co
    return start


def _drive(co, images):
    out = np.empty(images.shape)
    for i, image in enumerate(images):
        out[i] = co.send(image)
    co.close()
    return out


@_primed
def _flipper(p, rng):
    image = yield
    while True:
        heads = rng.random() < p
        image = yield (image[:, ::-1] if heads else image)


@_primed
def _cropper(padding, rng):
    image = yield
    offsets = iter(lambda: int(rng.integers(2 * padding + 1)), -1)
    while True:
        h, w, c = image.shape
        top, left = next(offsets), next(offsets)
        big = np.pad(image, ((padding, padding), (padding, padding), (0, 0)))
        image = yield big[top:][:h][:, left:][:, :w]


@_primed
def _noiser(std, rng):
    image = yield
    while True:
        image = yield image + std * rng.standard_normal(image.shape)


@_primed
def _cutter(size, rng):
    image = yield
    while True:
        h, w, c = image.shape
        top, left = rng.integers(h - size + 1), rng.integers(w - size + 1)
        image = np.array(image)
        image[top:top + size, left:left + size] *= 0
        image = yield image


def random_horizontal_flip(images, p, rng):
    return _drive(_flipper(p, rng), images)


def random_crop(images, padding, rng):
    return _drive(_cropper(padding, rng), images)


def add_noise(images, std, rng):
    return _drive(_noiser(std, rng), images)


def cutout(images, size, rng):
    return _drive(_cutter(size, rng), images)
