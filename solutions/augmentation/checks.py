"""What is asked of data augmentation, and what must hold of the answers.

No pixel is 0 and no two of an image are alike, so an image tells what was done to it: the structure is decided image by
image, against everything that the operation allows, and the choice by its distribution. Height, width and the number
of channels differ; p is never ½.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import Bernoulli, Choice, Laid, Normal, Suite, equal, follows, holds, returns

suite = Suite({name: returns("images") for name in ("random_horizontal_flip", "random_crop", "add_noise", "cutout")})

SAME = 1e-3  # pixels lie 1/8 apart, so a difference below this means the same pixel even in single precision
CALLS = 200  # with one generator, each of them small
PIXELS = (2, 3, 4)  # axes of one image among candidates


def pictures(draw, n, height, width, channels):
    """Images in which no pixel is 0 and no two are alike: multiples of 1/8, of either sign."""
    count = n * height * width * channels
    sizes = (draw.labels(count, count) + 1) / 8
    return (sizes * np.sign(draw.apart(count))).reshape(n, height, width, channels)


def choices(candidates, images):
    """For each image, the number of the candidate that it is nearest to; candidates are (K, N or 1, H, W, C)."""
    return np.argmin(np.sum(np.abs(images - candidates), axis=PIXELS), axis=0)


def is_a_candidate(candidates, images, otherwise):
    """The claim that every image is one of its candidates."""
    distance = np.max(np.abs(images - candidates), axis=PIXELS)
    return holds(np.min(distance, axis=0) < SAME, otherwise)


def add_only_the_generator(name, argument, shape, *, points):
    """Shape and argument leave so many possibilities that two results are hardly ever the same by chance."""

    @suite.hidden(
        name, "property", "The result depends on the generator it is given, and on nothing else", points=points
    )
    def only_the_generator(ask, draw):
        augment, images, rng = getattr(ask, name), pictures(draw, *shape), draw.generator()
        again = draw.again(rng)
        first, second = augment(images, argument, rng), augment(images, argument, rng)
        repeated, other = augment(images, argument, again), augment(images, argument, draw.generator())
        yield holds(np.all(first == repeated), "Two generators in the same state give different images.")
        yield holds(np.any(first != second), "Two calls with one generator give the same images.")
        yield holds(np.any(first != other), "Two generators in different states give the same images.")


# ---- random_horizontal_flip

NO_FLIP = "Some image is neither as it was nor its mirror image, left and right exchanged."


def flips(images):
    """What an image may become: itself, or its mirror image."""
    return np.stack([images, images[:, :, ::-1]])


@suite.public(
    "random_horizontal_flip", "property", "Each image stays as it is, or left and right are exchanged", points=8
)
def mirrors_some(ask, draw):
    images = pictures(draw, 60, 2, 3, 1)
    result = ask.random_horizontal_flip(images, 0.4, draw.generator())
    yield is_a_candidate(flips(images), result, NO_FLIP)
    flipped = choices(flips(images), result)
    yield holds(np.any(flipped == 1), "No image is mirrored, although p is 0.4.")
    yield holds(np.any(flipped == 0), "Every image is mirrored, although p is 0.4.")


@suite.hidden(
    "random_horizontal_flip", "property", "Images of any size and number of channels are mirrored alike", points=4
)
def mirrors_any_size(ask, draw):
    for shape, layout in (((1, 3, 4, 1), "C"), ((5, 6, 2, 5), "F"), ((4, 1, 5, 2), "strided"), ((60, 4, 4, 3), "F")):
        images = pictures(draw, *shape)
        result = ask.at(f"shape {shape}").random_horizontal_flip(
            images=Laid(images, layout), p=0.6, rng=draw.generator()
        )
        yield is_a_candidate(flips(images), result, NO_FLIP)
    flipped = choices(flips(images), result)
    yield holds(np.max(flipped) != np.min(flipped), "All of 60 images are mirrored, or none is, although p is 0.6.")


@suite.hidden(
    "random_horizontal_flip",
    "distribution",
    "Every image is mirrored with probability p, whatever happens to the others",
    points=7,
)
def mirrors_with_probability_p(ask, draw):
    for p in (0.35, 0.6):
        images = np.repeat(pictures(draw, 1, 1, 3, 1), 3000, axis=0)
        flipped = choices(flips(images), ask.at(f"p={p}").random_horizontal_flip(images, p, draw.generator()))
        yield follows(f"the mirrored images for p={p}", np.reshape(flipped, shape=(60, 50)), Bernoulli(p))
    pair, rng = np.repeat(pictures(draw, 1, 1, 3, 1), 2, axis=0), draw.generator()
    ask.at("two images, many calls")
    flipped = [choices(flips(pair), ask.random_horizontal_flip(pair, 0.5, rng)) for _ in range(CALLS)]
    which = np.stack([2 * each[0] + each[1] for each in flipped])
    yield follows("which of two images are mirrored, call by call, for p=0.5", which, Choice(4))


@suite.hidden("random_horizontal_flip", "property", "p = 0 mirrors no image, p = 1 every one", points=4)
def extremes(ask, draw):
    # So many that a probability which is a hundredth off shows.
    images = np.repeat(pictures(draw, 1, 1, 2, 1), 2500, axis=0)
    for p in (0.0, 1.0):
        result = ask.at(f"p={p:g}").random_horizontal_flip(images, p, draw.generator())
        yield equal(f"the images for p={p:g}", result, flips(images)[int(p)])


add_only_the_generator("random_horizontal_flip", 0.45, (60, 1, 4, 1), points=2)


# ---- random_crop

NO_CROP = "Some image is not a window of the old size in the old image with zeros around it."


def crops(images, padding):
    """Every window of the padded images, offset by offset, row offsets first."""
    _, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    offsets = range(2 * padding + 1)
    return np.stack([padded[:, top : top + height, left : left + width] for top in offsets for left in offsets])


@suite.public("random_crop", "property", "Each image becomes a window of itself with zeros around it", points=9)
def cuts_windows(ask, draw):
    images = pictures(draw, 24, 3, 4, 1)
    result = ask.random_crop(images, 1, draw.generator())
    yield is_a_candidate(crops(images, 1), result, NO_CROP)
    offsets = choices(crops(images, 1), result)
    yield holds(np.max(offsets) != np.min(offsets), "All 24 images are cut at the same offset.")


@suite.hidden("random_crop", "property", "Images of any size and number of channels are cut alike", points=6)
def cuts_any_size(ask, draw):
    for shape, padding, layout in (((1, 3, 4, 1), 1, "C"), ((9, 6, 3, 5), 2, "F"), ((12, 4, 5, 2), 3, "strided")):
        images, what = pictures(draw, *shape), f"shape {shape}, padding={padding}"
        result = ask.at(what).random_crop(images=Laid(images, layout), padding=padding, rng=draw.generator())
        yield is_a_candidate(crops(images, padding), result, NO_CROP)
    offsets = choices(crops(images, padding), result)
    yield holds(np.max(offsets) != np.min(offsets), "All of 12 images are cut at the same offset.")


@suite.hidden(
    "random_crop",
    "distribution",
    "Every offset is equally likely, in both directions, for each image on its own",
    points=9,
)
def offsets_are_uniform(ask, draw):
    for padding, count, shape in ((1, 2600, (2, 3)), (2, 3600, (3, 4))):
        image, what = pictures(draw, 1, *shape, 1), f"padding={padding}"
        result = ask.at(what).random_crop(np.repeat(image, count, axis=0), padding, draw.generator())
        windows = crops(image, padding)
        yield is_a_candidate(windows, result, NO_CROP)
        yield follows(f"the offsets for {what}", choices(windows, result), Choice(len(windows)))


@suite.hidden("random_crop", "property", "Without padding nothing changes", points=3)
def no_padding(ask, draw):
    images = pictures(draw, 9, 4, 3, 2)
    yield equal("the images for padding=0", ask.at("padding=0").random_crop(images, 0, draw.generator()), images)
    moved = ask.at("padding=2").random_crop(images, 2, draw.generator())
    yield is_a_candidate(crops(images, 2), moved, NO_CROP)
    offsets = choices(crops(images, 2), moved)
    yield holds(np.max(offsets) != np.min(offsets), "With a padding of 2, all of 9 images are cut at the same offset.")


add_only_the_generator("random_crop", 11, (4, 20, 24, 1), points=2)


# ---- add_noise


def noise_claims(ask, draw, shape, std, *, views, level=1.0, layout="C"):
    """The noise is normal and independent, in each of the views of it as a matrix."""
    images = Laid(np.round(draw.apart(*shape) * 8) / 8 * level, layout)
    what = f"std={std}, shape {shape}"
    noisy = ask.at(what).add_noise(images=images, std=std, rng=draw.generator())
    for view in views:
        noise = np.reshape(noisy - images.values, shape=view)
        yield follows(f"the noise for {what}", noise, Normal(0.0, std))


@suite.public(
    "add_noise", "distribution", "The noise is normal, with mean 0 and the given standard deviation", points=8
)
def adds_normal_noise(ask, draw):
    yield from noise_claims(ask, draw, (25, 8, 10, 1), 0.3, views=((25, 80),))


@suite.hidden("add_noise", "distribution", "Every pixel of every channel of every image has noise of its own", points=7)
def noise_is_independent(ask, draw):
    yield from noise_claims(ask, draw, (25, 11, 10, 4), 0.6, views=((25, 440), (275, 40), (2750, 4)), layout="F")
    yield from noise_claims(ask, draw, (1, 70, 60, 1), 2.5, views=((70, 60),))
    # Noise that is centred or scaled after it was drawn shows where there are few pixels.
    images, rng = pictures(draw, 1, 1, 2, 1), draw.generator()
    ask.at("two pixels, many calls")
    noise = np.stack([np.reshape(ask.add_noise(images, 0.8, rng) - images, shape=(2,)) for _ in range(2 * CALLS)])
    yield follows("the noise of two pixels, call by call", noise, Normal(0.0, 0.8))
    gaps = np.sort(noise[:, 0])[1:] - np.sort(noise[:, 0])[:-1]
    yield holds(np.sum(gaps == 0.0) < CALLS, "The same noise comes again and again, call by call.")


@suite.hidden("add_noise", "property", "Without spread nothing changes, and nothing is cut off at 0 or 1", points=4)
def keeps_the_images(ask, draw):
    images = pictures(draw, 3, 4, 5, 2)
    yield equal("the images for std=0", ask.at("std=0").add_noise(images, 0.0, draw.generator()), images)
    noisy = ask.at("std=0.01").add_noise(images, 0.01, draw.generator())
    yield holds(np.abs(noisy - images) < 0.1, "A pixel has moved by more than ten standard deviations.")
    yield holds(np.any(np.abs(noisy - images) > 1e-4), "No pixel has moved, although std is 0.01.")


add_only_the_generator("add_noise", 0.5, (4, 5, 6, 1), points=2)


# ---- cutout

NO_CUT = "Some image does not have one square of the given size set to 0 in all channels, and the rest as it was."


def cuts(images, size):
    """Every image with a square of zeros, position by position, rows first."""
    _, height, width, _ = images.shape
    results = []
    for top in range(height - size + 1):
        for left in range(width - size + 1):
            result = images.copy()
            result[:, top : top + size, left : left + size] = 0.0
            results.append(result)
    return np.stack(results)


@suite.public("cutout", "property", "One square of each image becomes 0 in all channels, the rest stays", points=8)
def cuts_one_square(ask, draw):
    images = pictures(draw, 16, 3, 4, 2)
    result = ask.cutout(images, 2, draw.generator())
    yield is_a_candidate(cuts(images, 2), result, NO_CUT)
    positions = choices(cuts(images, 2), result)
    yield holds(np.max(positions) != np.min(positions), "The square is in the same place in all 16 images.")


@suite.hidden("cutout", "property", "It works for images and squares of any size that fits", points=6)
def cuts_any_square(ask, draw):
    cases = (((1, 3, 5, 1), 2, "C"), ((9, 3, 6, 2), 3, "strided"), ((4, 5, 5, 1), 5, "C"), ((9, 6, 4, 5), 1, "F"))
    for shape, size, layout in cases:
        images = pictures(draw, *shape)
        result = ask.at(f"shape {shape}, size={size}").cutout(
            images=Laid(images, layout), size=size, rng=draw.generator()
        )
        yield is_a_candidate(cuts(images, size), result, NO_CUT)
    positions = choices(cuts(images, size), result)
    yield holds(np.max(positions) != np.min(positions), "The square is in the same place in all of 9 images.")


@suite.hidden(
    "cutout",
    "distribution",
    "Every position at which the square fits is equally likely, for each image on its own",
    points=9,
)
def positions_are_uniform(ask, draw):
    for shape, size, count in (((3, 5), 2, 2600), ((4, 3), 1, 3000), ((2, 4), 2, 2000)):
        image, what = pictures(draw, 1, *shape, 1), f"{shape[0]} rows, {shape[1]} columns, size={size}"
        result = ask.at(what).cutout(np.repeat(image, count, axis=0), size, draw.generator())
        squares = cuts(image, size)
        yield is_a_candidate(squares, result, NO_CUT)
        yield follows(f"the positions for {what}", choices(squares, result), Choice(len(squares)))


add_only_the_generator("cutout", 2, (4, 20, 24, 1), points=2)
