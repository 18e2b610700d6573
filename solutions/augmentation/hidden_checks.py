"""Hidden checks of data augmentation.

The structure is decided image by image, against everything that the operation allows, and the choice by its
distribution. Height, width and the number of channels differ; p is never ½ where it matters.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Bernoulli, Choice, Normal, strided

from .public_checks import SAME, crop, eighths, flip, hole, nearest, noise, pictures


def copies(inputs, count, *shape):
    """Return many copies of one image of a shape."""
    return np.repeat(pictures(inputs, 1, *shape), count, axis=0)


def with_black(images):
    """Return the images with one pixel of the first set to 0."""
    images = images.copy()
    images[0, 0, 0] = 0.0
    return images


def add_only_the_generator(function, argument, shape, choices):
    """Add the check; shape and argument leave so many possibilities that two results are not the same by chance.

    `choices(result, images, argument)` returns what was drawn, one array for each thing that is drawn for an image,
    and whether the result has to do with the images at all, whatever else is wrong with it.
    """

    @function.check(points=2)
    def only_the_generator(student, inputs, expect):
        """The result depends on the generator it is given, and on nothing else"""
        augment, images, rng = getattr(student, function.name), pictures(inputs, *shape), inputs.generator()
        again, other = inputs.again(rng), inputs.generator()
        first, second, repeated, elsewhere = (augment(images, argument, each) for each in (rng, rng, again, other))
        _, related = choices(first, images, argument)
        expect.that(related, "The result has nothing to do with the images.")
        expect.close("the images for another generator in the same state", repeated, first)
        drawn, anew, another = (choices(each, images, argument)[0] for each in (first, second, elsewhere))
        parts = slice(len(images) // 2), slice(len(images) // 2, None)  # either half must draw from the generator
        is_new = [np.any(a[part] != b[part]) for a, b in zip(drawn, anew, strict=True) for part in parts]
        differs = [np.any(a[part] != b[part]) for a, b in zip(drawn, another, strict=True) for part in parts]
        expect.that(is_new, "Two calls with one generator choose the same, for a half of the images or in one axis.")
        expect.that(differs, "Two generators in different states choose the same, for half of the images or one axis.")


def made_of_its_pixels(images, before):
    """Say whether every pixel of an image is one of its own, or 0."""
    return all(
        np.isin(np.round(8 * each), np.round(8 * np.append(own, 0.0))).all()
        for each, own in zip(images, before, strict=True)
    )


# ---- random_horizontal_flip


def flips(images):
    """Return what an image may become: itself, or its mirror image."""
    return np.stack([images, images[:, :, ::-1]])


@flip.check(points=4)
def mirrors_any_size(student, inputs, expect):
    """Images of any size and number of channels are mirrored alike"""
    fits = []
    for shape, layout in (
        ((1, 3, 4, 1), np.asarray),
        ((5, 6, 2, 5), np.asfortranarray),
        ((4, 1, 5, 2), strided),
        ((60, 4, 4, 3), np.asfortranarray),
    ):
        images = layout(with_black(pictures(inputs, *shape)))
        result = student.at(f"shape {shape}").random_horizontal_flip(images=images, p=0.6, rng=inputs.generator())
        fit, flipped = nearest(result, flips(images))
        fits.extend(fit)
    expect.that(fits, "Some image is neither as it was nor its mirror image, left and right exchanged.")
    expect.that(np.ptp(flipped) > 0, "All of 60 images are mirrored, or none is, although p is 0.6.")


@flip.check(points=7)
def mirrors_with_probability_p(student, inputs, expect):
    """Every image is mirrored with probability p, whatever happens to the others"""
    images = copies(inputs, 3000, 1, 3, 1)
    result = student.at("p=0.6").random_horizontal_flip(images, 0.6, inputs.generator())
    _, flipped = nearest(result, flips(images[:1]))
    expect.distribution("the mirrored images for p=0.6", flipped.reshape(60, 50), Bernoulli(0.6))
    # Who is left out, and how many, shows from call to call only; each of these is no chance, below 1e-9.
    rng = inputs.generator()
    results = [student.at("p=0.35").random_horizontal_flip(images[:50], 0.35, rng) for _ in range(60)]
    flipped = np.array([nearest(result, flips(images[:1]))[1] for result in results])
    expect.distribution("the mirrored images of many calls for p=0.35", flipped, Bernoulli(0.35))
    expect.that(flipped.any(axis=0), "Some image of the batch is never mirrored, although p is 0.35.")
    expect.that(np.var(flipped.sum(axis=1)) > 0.5, "Every call mirrors the same number of images.")
    images = copies(inputs, 6000, 1, 2, 1)
    for p, rare in ((0.004, 1), (0.996, 0)):  # 24 of them on average
        result = student.at(f"p={p}").random_horizontal_flip(images, p, inputs.generator())
        _, flipped = nearest(result, flips(images[:1]))
        share = np.mean(flipped == rare)
        expect.that(0 < share < 0.02, f"For p={p}, far from 24 of 6000 images are {'' if rare else 'not '}mirrored.")


@flip.check(points=4)
def extremes(student, inputs, expect):
    """p = 0 mirrors no image, p = 1 every one"""
    images = copies(inputs, 2500, 1, 2, 1)  # so many that a probability which is a hundredth off shows
    for p in (0.0, 1.0):
        result = student.at(f"p={p:g}").random_horizontal_flip(images, p, inputs.generator())
        expect.close(f"the images for p={p:g}", result, flips(images)[int(p)])


def flip_choices(result, images, _):
    """Return which images are mirrored."""
    _, flipped = nearest(result, flips(images))
    return [flipped], made_of_its_pixels(result, images)


add_only_the_generator(flip, 0.45, (80, 1, 4, 1), flip_choices)


# ---- random_crop

NO_CROP = "Some image is not a window of the old size in the old image with zeros around it."


def crops(images, padding):
    """Return every window of the padded images, offset by offset, row offsets first."""
    _, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    offsets = range(2 * padding + 1)
    return np.stack([padded[:, top : top + height, left : left + width] for top in offsets for left in offsets])


@crop.check(points=6)
def cuts_any_size(student, inputs, expect):
    """Images of any size and number of channels are cut alike"""
    fits = []
    for shape, padding, layout in (
        ((1, 3, 4, 1), 1, np.asarray),
        ((9, 6, 3, 5), 2, np.asfortranarray),
        ((30, 2, 3, 1), 4, np.asarray),  # most windows lie beyond the image
        ((6, 3, 2, 1), 11, np.asarray),
        ((12, 4, 5, 2), 3, strided),
    ):
        images, what = layout(with_black(pictures(inputs, *shape))), f"shape {shape}, padding={padding}"
        result = student.at(what).random_crop(images=images, padding=padding, rng=inputs.generator())
        fit, offsets = nearest(result, crops(images, padding))
        fits.extend(fit)
    expect.that(fits, NO_CROP)
    expect.that(np.ptp(offsets) > 0, "All of 12 images are cut at the same offset.")


@crop.check(points=9)
def offsets_are_uniform(student, inputs, expect):
    """Every offset is equally likely, in both directions, for each image on its own"""
    for padding, count, shape in ((1, 2600, (2, 3)), (2, 3600, (3, 4))):
        images, what = copies(inputs, count, *shape, 1), f"padding={padding}"
        windows = crops(images[:1], padding)
        fits, offsets = nearest(student.at(what).random_crop(images, padding, inputs.generator()), windows)
        expect.that(fits, f"For {what}: {NO_CROP}")
        expect.distribution(f"the offsets for {what}", offsets, Choice(len(windows)))
    images = copies(inputs, 1500, 2, 2, 1)
    result = student.at("padding=4, 2 rows, 2 columns").random_crop(images, 4, inputs.generator())
    blank = np.abs(result).max(axis=(1, 2, 3)) < SAME
    expect.distribution("the windows beyond the image, for padding=4", blank.reshape(30, 50), Bernoulli(1 - 9 / 81))


@crop.check(points=3)
def no_padding(student, inputs, expect):
    """Without padding nothing changes"""
    images = pictures(inputs, 9, 4, 3, 2)
    expect.close("the images for padding=0", student.at("padding=0").random_crop(images, 0, inputs.generator()), images)
    moved = student.at("padding=2").random_crop(images, 2, inputs.generator())
    fits, offsets = nearest(moved, crops(images, 2))
    expect.that(fits, NO_CROP)
    expect.that(np.ptp(offsets) > 0, "With a padding of 2, all of 9 images are cut at the same offset.")


def crop_choices(result, images, padding):
    """Return the row and the column at which each image is cut."""
    _, offsets = nearest(result, crops(images, padding))
    return np.divmod(offsets, 2 * padding + 1), made_of_its_pixels(result, images)


add_only_the_generator(crop, 4, (24, 5, 6, 1), crop_choices)


# ---- add_noise


@noise.check(points=7)
def noise_is_independent(student, inputs, expect):
    """Every pixel of every channel of every image has noise of its own"""
    for shape, std, views in (
        ((25, 11, 10, 4), 0.6, ((25, 440), (275, 40), (2750, 4))),
        ((1, 70, 60, 1), 2.5, ((70, 60),)),
    ):
        images, what = np.asfortranarray(with_black(eighths(inputs, *shape))), f"std={std}, shape {shape}"
        noisy = student.at(what).add_noise(images=images, std=std, rng=inputs.generator())
        for view in views:
            sample = (noisy - images).reshape(view)
            expect.distribution(f"the noise for {what}, as a matrix {view}", sample, Normal(0.0, std))
    # Noise that is centered or scaled after it was drawn shows where there are few pixels.
    images, rng, calls, std = eighths(inputs, 20, 1, 2, 1), inputs.generator(), 24, 0.8
    noisy = [student.at("images of two pixels").add_noise(images, std, rng) for _ in range(calls)]
    sample = np.reshape(noisy - images, (calls, 20, 2))
    expect.distribution("the noise of two pixels, image by image", sample.reshape(-1, 2), Normal(0.0, std))
    for name, statistic in (("mean", np.mean), ("spread", np.std)):
        varies = np.std(statistic(sample, axis=(1, 2))) > 1e-3 * std
        expect.that(varies, f"The {name} of the noise is the same in every call, as if it had been forced.")
    different = len(np.unique(sample[:, 0, 0]))
    expect.that(different >= calls - 1, "The same noise comes again and again, call by call.")


@noise.check(points=4)
def keeps_the_images(student, inputs, expect):
    """Without spread nothing changes, and nothing is cut off: pixels may be of any size"""
    images = 60 * pictures(inputs, 3, 4, 5, 2)  # up to ±900
    expect.close("the images for std=0", student.at("std=0").add_noise(images, 0.0, inputs.generator()), images)
    moves = np.abs(student.at("std=0.01").add_noise(images, 0.01, inputs.generator()) - images)
    expect.that(moves < 0.1, "A pixel has moved by more than ten standard deviations.")
    expect.that(np.any(moves > 1e-4), "No pixel has moved, although std is 0.01.")


def noise_choices(noisy, images, std):
    """Return the noise."""
    return [noisy - images], 0.2 * std < np.std(noisy - images) < 5 * std


add_only_the_generator(noise, 0.5, (4, 5, 6, 1), noise_choices)


# ---- cutout

NO_HOLE = "Some image does not have one square of the given size set to 0 in all channels, and the rest as it was."


def holes(images, size):
    """Return every image with a square of zeros, position by position, rows first."""
    _, height, width, _ = images.shape
    results = []
    for top in range(height - size + 1):
        for left in range(width - size + 1):
            result = images.copy()
            result[:, top : top + size, left : left + size] = 0.0
            results.append(result)
    return np.stack(results)


@hole.check(points=6)
def cuts_any_square(student, inputs, expect):
    """It works for images and squares of any size that fits"""
    fits = []
    for shape, size, layout in (
        ((1, 3, 5, 1), 2, np.asarray),
        ((9, 3, 6, 2), 3, strided),
        ((4, 5, 5, 1), 5, np.asarray),
        ((3, 12, 13, 1), 11, np.asarray),
        ((9, 6, 4, 5), 1, np.asfortranarray),
    ):
        images, what = layout(with_black(pictures(inputs, *shape))), f"shape {shape}, size={size}"
        result = student.at(what).cutout(images=images, size=size, rng=inputs.generator())
        fit, positions = nearest(result, holes(images, size))
        fits.extend(fit)
    expect.that(fits, NO_HOLE)
    expect.that(np.ptp(positions) > 0, "The square is in the same place in all of 9 images.")


@hole.check(points=9)
def positions_are_uniform(student, inputs, expect):
    """Every position at which the square fits is equally likely, for each image on its own"""
    for shape, size, count in (((3, 5), 2, 3600), ((4, 3), 1, 3000), ((2, 4), 2, 2000)):
        images, what = copies(inputs, count, *shape, 1), f"{shape[0]} rows, {shape[1]} columns, size={size}"
        squares = holes(images[:1], size)
        fits, positions = nearest(student.at(what).cutout(images, size, inputs.generator()), squares)
        expect.that(fits, f"For {what}: {NO_HOLE}")
        expect.distribution(f"the positions for {what}", positions, Choice(len(squares)))


def hole_choices(result, images, size):
    """Return the row and the column of each image's square."""
    _, positions = nearest(result, holes(images, size))
    return np.divmod(positions, images.shape[2] - size + 1), made_of_its_pixels(result, images)


add_only_the_generator(hole, 2, (24, 7, 8, 1), hole_choices)
