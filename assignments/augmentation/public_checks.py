"""Public checks of data augmentation: what every student can run and read.

No pixel is 0 and no two of an image are alike, so an image tells what was done to it. What may become of an image is
recorded: each is there many times, so that every possibility is among those that the reference returns.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, Normal

exercise = Exercise("augmentation")
flip = exercise.function("random_horizontal_flip", returns="images")
crop = exercise.function("random_crop", returns="images")
noise = exercise.function("add_noise", returns="images")
hole = exercise.function("cutout", returns="images")

SAME = 1e-3  # pixels lie 1/8 apart, so a difference below this means the same pixel even in single precision
COPIES = 150  # of each image: that the reference leaves out one of nine possibilities happens once in ten million times


def pictures(inputs, n, height, width, channels):
    """Return images in which no pixel is 0 and no two are alike: multiples of 1/8, of either sign."""
    count = n * height * width * channels
    pixels = (inputs.permutation(count) + 1) / 8 * np.sign(inputs.apart(count))
    return pixels.reshape(n, height, width, channels)


def nearest(images, possibilities):
    """Return whether each image is one of its possibilities, and which one it is nearest to.

    The possibilities are (K, N, H, W, C), or (K, 1, H, W, C) where they are the same for all images.
    """
    pixels = np.ascontiguousarray(images.reshape(len(images), -1).T)  # thousands of images a row: that is fast
    distance = np.array([np.abs(pixels - each.reshape(len(each), -1).T).max(axis=0) for each in possibilities])
    return distance.min(axis=0) < SAME, distance.argmin(axis=0)


def eighths(inputs, *shape):
    """Return images of small pixels, which single precision holds exactly."""
    return np.round(8 * inputs.apart(*shape)) / 8


def two_pictures(inputs, *shape):
    """Return two images of a shape, one after the other, `COPIES` times."""
    return np.tile(pictures(inputs, 2, *shape), (COPIES, 1, 1, 1))


def expect_possible(expect, result, otherwise):
    """Expect of each image what may become of it; return the numbers of what became of the copies of the first."""
    is_possible, which = [], []
    for number in (0, 1):
        copies = result[number::2]
        possible = expect.recorded(f"what may become of image {number}", np.unique(copies, axis=0))
        fits, nearest_one = nearest(copies, possible[:, np.newaxis])
        is_possible.append(fits)
        which.append(nearest_one)
    expect.that(is_possible, otherwise)
    return which[0]


@flip.check(points=8)
def mirrors_some(student, inputs, expect):
    """Each image stays as it is, or left and right are exchanged"""
    images = two_pictures(inputs, 2, 3, 1)
    result = student.random_horizontal_flip(images, 0.4, inputs.generator())
    expect_possible(expect, result, "Some image is neither as it was nor its mirror image, left and right exchanged.")
    stays = np.abs(result - images).max(axis=(1, 2, 3)) < SAME
    expect.that(not stays.all(), "No image is mirrored, although p is 0.4.")
    expect.that(stays.any(), "Every image is mirrored, although p is 0.4.")


@crop.check(points=9)
def cuts_windows(student, inputs, expect):
    """Each image becomes a window of itself with zeros around it"""
    result = student.random_crop(two_pictures(inputs, 3, 4, 1), 1, inputs.generator())
    offsets = expect_possible(
        expect, result, "Some image is not a window of the old size in the old image with zeros around it."
    )
    expect.that(np.ptp(offsets) > 0, "All images are cut at the same offset.")


@noise.check(points=8)
def adds_normal_noise(student, inputs, expect):
    """The noise is normal, with mean 0 and the given standard deviation"""
    images = eighths(inputs, 25, 8, 10, 1)
    noisy = student.add_noise(images, 0.3, inputs.generator())
    expect.distribution("the noise", (noisy - images).reshape(25, 80), Normal(0.0, 0.3))


@hole.check(points=8)
def cuts_one_square(student, inputs, expect):
    """One square of each image becomes 0 in all channels, the rest stays"""
    result = student.cutout(two_pictures(inputs, 3, 4, 2), 2, inputs.generator())
    positions = expect_possible(
        expect,
        result,
        "Some image does not have one square of the given size set to 0 in all channels, and the rest as it was.",
    )
    expect.that(np.ptp(positions) > 0, "The square is in the same place in all images.")
