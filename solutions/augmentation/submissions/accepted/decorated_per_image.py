"""Each function is written for one image only; a decorator maps it over the batch."""
import functools

import numpy as np


def for_each_image(function):
    @functools.wraps(function)
    def batched(images, *args, **kwargs):
        result = np.empty(images.shape, dtype=np.float64, order="F")
        for i in range(images.shape[0]):
            result[i, ...] = function(images[i, ...], *args, **kwargs)
        return result
    return batched


def checked(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        images = kwargs["images"] if "images" in kwargs else args[0]
        assert result.shape == images.shape, "shapes never change"
        return result
    return wrapper


@checked
@for_each_image
def random_horizontal_flip(image, p, rng):
    return np.fliplr(image) if rng.random() < p else image


@checked
@for_each_image
def random_crop(image, padding, rng):
    h, w, _ = image.shape
    image = np.pad(image, ((padding, padding), (padding, padding), (0, 0)))
    image = image[rng.integers(2 * padding + 1):]
    image = image[:h, rng.integers(2 * padding + 1):]
    return image[:, :w]


@checked
@for_each_image
def add_noise(image, std, rng):
    return image + rng.normal(size=image.shape) * std


@checked
@for_each_image
def cutout(image, size, rng):
    image = image.copy()
    y = rng.integers(image.shape[0] - size + 1)
    x = rng.integers(image.shape[1] - size + 1)
    image[y:y + size, x:x + size] = 0
    return image
