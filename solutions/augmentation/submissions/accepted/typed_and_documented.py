"""Type hints, long docstrings, long names, an optional extra parameter here and there."""
from __future__ import annotations

from typing import Optional

import numpy as np
from numpy.typing import NDArray

ImageBatch = NDArray[np.float64]


def random_horizontal_flip(images: ImageBatch, p: float, rng: np.random.Generator, *, axis: int = 2) -> ImageBatch:
    """Mirror each image of the batch left-right with probability ``p``.

    Parameters
    ----------
    images : array of shape (N, H, W, C)
    p : probability of mirroring, 0 never, 1 always
    rng : source of randomness
    axis : the axis to mirror; the columns unless told otherwise

    Returns
    -------
    array of the shape of ``images``
    """
    number_of_images: int = images.shape[0]
    uniform_numbers = rng.random(number_of_images)
    augmented_images: ImageBatch = images.copy()
    for image_index in range(number_of_images):
        if uniform_numbers[image_index] < p:
            augmented_images[image_index] = np.flip(images[image_index], axis=axis - 1)
    return augmented_images


def random_crop(images: ImageBatch, padding: int, rng: np.random.Generator, fill_value: float = 0.0) -> ImageBatch:
    """Shift each image by up to ``padding`` pixels in both directions, filling up with ``fill_value``."""
    number_of_images, height, width, channels = images.shape
    padded_shape = (number_of_images, height + 2 * padding, width + 2 * padding, channels)
    padded_images = np.full(padded_shape, fill_value)
    padded_images[:, padding:padding + height, padding:padding + width, :] = images
    cropped_images = np.empty_like(images)
    for image_index in range(number_of_images):
        row_offset = rng.integers(low=0, high=2 * padding + 1)
        column_offset = rng.integers(low=0, high=2 * padding + 1)
        row_range = slice(row_offset, row_offset + height)
        column_range = slice(column_offset, column_offset + width)
        cropped_images[image_index] = padded_images[image_index, row_range, column_range]
    return cropped_images


def add_noise(images: ImageBatch, std: float, rng: np.random.Generator, clip: Optional[tuple] = None) -> ImageBatch:
    """Add independent Gaussian noise of standard deviation ``std``; clip only if a range is given."""
    noisy_images = images + rng.normal(loc=0.0, scale=std, size=images.shape)
    if clip is not None:
        noisy_images = np.clip(noisy_images, *clip)
    return noisy_images


def cutout(images: ImageBatch, size: int, rng: np.random.Generator, n_holes: int = 1) -> ImageBatch:
    """Blacken ``n_holes`` squares of side ``size`` that lie wholly inside the image."""
    number_of_images, height, width, _ = images.shape
    augmented_images = images.copy()
    for image_index in range(number_of_images):
        for _hole in range(n_holes):
            top = rng.integers(low=0, high=height - size, endpoint=True)
            left = rng.integers(low=0, high=width - size, endpoint=True)
            augmented_images[image_index, top:top + size, left:left + size, :] = 0.0
    return augmented_images
