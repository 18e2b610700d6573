"""What students believe about data augmentation, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import augmentation as right

wrong = Misconceptions()
wrong.guarded("random_crop.no_padding")
_own_generator = np.random.default_rng(1933)  # so that answers are recorded alike every time


def _windows(images, padding, tops, lefts):
    """Cut a window of the old size at the given offsets out of each padded image."""
    _, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    return np.stack(
        [image[top : top + height, left : left + width] for image, top, left in zip(padded, tops, lefts, strict=True)]
    )


def _with_holes(images, size, tops, lefts):
    """Set the square at the given corner to 0, as far as it lies inside, in each image."""
    result = images.copy()
    for image, top, left in zip(result, tops, lefts, strict=True):
        image[max(top, 0) : top + size, max(left, 0) : left + size] = 0
    return result


# ---- random_horizontal_flip


@wrong(
    "random_horizontal_flip.upside_down",
    "A horizontal flip reverses the order of the rows.",
    "Which two sides of an image change places in a mirror on the wall: left and right, or top and bottom?",
    "The image with the rows (1, 2) and (3, 4) becomes (2, 1) and (4, 3). Does yours become (3, 4) and (1, 2)?",
    "Look at the axis that you reverse: images are (N, H, W, C), and the row number comes before the column number.",
)
def random_horizontal_flip(images, p, rng):
    flipped = rng.random(len(images)) < p
    return np.where(flipped[:, None, None, None], images[:, ::-1], images)


@wrong(
    "random_horizontal_flip.one_coin_for_the_batch",
    "One random number decides for the whole batch.",
    "How many coins do you toss for a batch of 100 images?",
    "With p = 0.5 and 100 images, about 50 are mirrored. Is it always 0 or 100 in yours?",
    "Look at how many random numbers a call draws.",
)
def random_horizontal_flip(images, p, rng):
    return images[:, :, ::-1].copy() if rng.random() < p else images.copy()


@wrong(
    "random_horizontal_flip.result_thrown_away",
    "np.flip mirrors its argument in place.",
    "Does np.flip change the array that it is given, or does it return another?",
    "With p = 1, the image with the one row (1, 2) becomes (2, 1). Does yours stay (1, 2)?",
    "Look at what becomes of the value that the mirroring function returns.",
)
def random_horizontal_flip(images, p, rng):
    result = images.copy()
    for image in result:
        if rng.random() < p:
            np.flip(image, axis=1)
    return result


@wrong(
    "random_horizontal_flip.channels_reversed",
    "The columns are the last axis.",
    "In which order do the four axes of images come, and what is the last of them?",
    "An image of one row with the two pixels red and blue becomes blue and red. With one channel, does yours stay?",
    "Look at the axis that you reverse. Reversing the channels turns red, green, blue into blue, green, red.",
)
def random_horizontal_flip(images, p, rng):
    flipped = rng.random(len(images)) < p
    return np.where(flipped[:, None, None, None], images[..., ::-1], images)


@wrong(
    "random_horizontal_flip.p_ignored",
    "An image is mirrored with probability one half, whatever p is.",
    "What should happen with p = 0? And with p = 1?",
    "With p = 0.1 about 100 of 1000 images are mirrored. Are about 500 of yours?",
    "Look at where your code uses p.",
)
def random_horizontal_flip(images, p, rng):
    return right.random_horizontal_flip(images, 0.5, rng)


@wrong(
    "random_horizontal_flip.p_is_left_alone",
    "An image is left alone with probability p.",
    "What should happen with p = 0? And with p = 1?",
    "With p = 0.1 about 100 of 1000 images are mirrored. Are about 900 of yours? p = 0.5 would not show it.",
    "Look at the comparison of the random numbers with p.",
)
def random_horizontal_flip(images, p, rng):
    return right.random_horizontal_flip(images, 1 - p, rng)


@wrong(
    "random_horizontal_flip.neighbours_share_a_coin",
    "One random number serves two images in a row.",
    "Should an image's fate say anything about that of the next one?",
    "With p = 0.5, of four pairs of neighbors about two should be mirrored unlike. Are yours alike, in every pair?",
    "Look at how many random numbers you draw for N images.",
)
def random_horizontal_flip(images, p, rng):
    coins = np.repeat(rng.random((len(images) + 1) // 2) < p, 2)[: len(images)]
    result = images.copy()
    result[coins] = images[coins][:, :, ::-1]
    return result


# ---- random_crop


@wrong(
    "random_crop.one_offset_for_the_batch",
    "One random offset is good for the whole batch.",
    "Should what happens to one image depend on which others share its batch?",
    "With padding = 1 there are 9 windows, and in a batch of 100 images all of them should occur. Do yours share one?",
    "Look at whether the offset is drawn for the batch or for each image.",
)
def random_crop(images, padding, rng):
    top, left = rng.integers(0, 2 * padding, size=2, endpoint=True)
    n = len(images)
    return _windows(images, padding, [top] * n, [left] * n)


@wrong(
    "random_crop.largest_offset_left_out",
    "The upper end that rng.integers is given is among the numbers that it draws.",
    "Which numbers does rng.integers(0, 2) draw?",
    "With padding = 1 the offsets 0, 1 and 2 are equally likely. Does 2 ever come? And what happens with padding = 0?",
    "Look at the upper end of the random offsets.",
)
def random_crop(images, padding, rng):
    tops, lefts = rng.integers(0, 2 * padding, size=(2, len(images)))
    return _windows(images, padding, tops, lefts)


@wrong(
    "random_crop.offsets_up_to_padding",
    "An image is larger by padding than before, so the offset runs from 0 to padding.",
    "By how many rows does an image grow when it is padded above and below?",
    "With 4 rows and padding = 2 the padded image has 8 rows, so 5 offsets fit. Do yours stop at 2?",
    "Look at the largest offset: can a window reach the bottom and the right edge of the padded image?",
)
def random_crop(images, padding, rng):
    tops, lefts = rng.integers(0, padding, size=(2, len(images)), endpoint=True)
    return _windows(images, padding, tops, lefts)


@wrong(
    "random_crop.one_offset_for_both_axes",
    "The window is moved by the same number of rows and columns.",
    "Can your window move to the right without moving down?",
    "With padding = 1 there are 3 times 3 windows. Do yours have only the corners (0, 0), (1, 1) and (2, 2)?",
    "Look at how many random numbers one image gets.",
)
def random_crop(images, padding, rng):
    offsets = rng.integers(0, 2 * padding, size=len(images), endpoint=True)
    return _windows(images, padding, offsets, offsets)


@wrong(
    "random_crop.wraps_around",
    "Shifting an image means rolling it: what leaves on one side comes in on the other.",
    "What was outside of the image before it was shifted?",
    "The row (1, 2, 3) shifted by one to the right becomes (0, 1, 2). Does yours become (3, 1, 2)?",
    "Look at the pixels that come in at the edge: where do their values come from?",
)
def random_crop(images, padding, rng):
    shifts = rng.integers(-padding, padding, size=(len(images), 2), endpoint=True)
    return np.stack([np.roll(image, shift, axis=(0, 1)) for image, shift in zip(images, shifts, strict=True)])


@wrong(
    "random_crop.edge_pixels_repeated",
    "The padding continues the image with its edge pixels.",
    "Which value does the handout give the pixels around the image?",
    "The row (1, 2, 3) shifted by one to the right becomes (0, 1, 2). Does yours become (1, 1, 2)?",
    "Look at the mode of your padding.",
)
def random_crop(images, padding, rng):
    _, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)), mode="edge")
    offsets = rng.integers(0, 2 * padding, size=(len(images), 2), endpoint=True)
    return np.stack([padded[i, top : top + height, left : left + width] for i, (top, left) in enumerate(offsets)])


@wrong(
    "random_crop.always_the_middle",
    "The window is cut out of the middle of the padded image.",
    "How many different images can come of one image?",
    "With padding = 1 one image has 9 windows. Does yours always come back as it was?",
    "Look at where the corner of the window comes from, and whether it depends on rng.",
)
def random_crop(images, padding, rng):
    middle = [padding] * len(images)
    return _windows(images, padding, middle, middle)


# ---- add_noise


@wrong(
    "add_noise.std_squared",
    "rng.normal wants the variance.",
    "Which of the two does the scale of rng.normal stand for, the spread or its square?",
    "With std = 0.1 most of the noise lies between -0.2 and 0.2. Does most of yours lie between -0.02 and 0.02?",
    "Look at what you hand to the generator. std = 1 can't tell the two possibilities apart.",
)
def add_noise(images, std, rng):
    return images + rng.normal(0, std**2, size=images.shape)


@wrong(
    "add_noise.std_is_the_variance",
    "std is the variance of the noise, so the draws are multiplied by its root.",
    "If you multiply draws of spread 1 by 3, how large is their spread?",
    "With std = 0.01 most of the noise lies between -0.02 and 0.02. Does most of yours lie between -0.2 and 0.2?",
    "Look at what multiplies the random numbers.",
)
def add_noise(images, std, rng):
    return images + np.sqrt(std) * rng.standard_normal(images.shape)


@wrong(
    "add_noise.std_given_as_the_mean",
    "The first argument of rng.normal is the standard deviation.",
    "If you average over many pixels, how large is what is left of the noise?",
    "With std = 0 nothing changes. Do your pixels still move, by about 1?",
    "Look at the order of the arguments of rng.normal.",
)
def add_noise(images, std, rng):
    return images + rng.normal(std, size=images.shape)


@wrong(
    "add_noise.clipped_to_unit_range",
    "Pixels lie between 0 and 1, so the noisy ones are clipped to that range.",
    "Does anything say that the pixels lie between 0 and 1?",
    "With std = 0, a pixel of 1.5 stays 1.5. Does yours become 1?",
    "Look at what happens after the noise was added.",
)
def add_noise(images, std, rng):
    return np.clip(right.add_noise(images, std, rng), 0, 1)


@wrong(
    "add_noise.same_noise_for_every_image",
    "One noise image is added to every image of the batch.",
    "How many random numbers does a batch of 10 images with 12 pixels each need?",
    "Take two equal images: with noise they differ. Are yours still equal?",
    "Look at the shape of the noise.",
)
def add_noise(images, std, rng):
    return images + std * rng.standard_normal(images.shape[1:])


@wrong(
    "add_noise.same_noise_in_all_channels",
    "All channels of a pixel get the same noise.",
    "Should the noise make a gray picture only brighter and darker in places, or color it, too?",
    "A pixel of the three channels (1, 1, 1) comes out with three different values. Are yours equal?",
    "Look at the shape of the noise.",
)
def add_noise(images, std, rng):
    return images + std * rng.standard_normal((*images.shape[:3], 1))


@wrong(
    "add_noise.uniform_draws",
    "rng.random draws the noise.",
    "Does the noise make the image brighter on average?",
    "With std = 0.1, about half of the pixels become smaller. Do all of yours grow, and none by more than 0.1?",
    "Look at the distribution that you draw from.",
)
def add_noise(images, std, rng):
    return images + std * rng.random(images.shape)


@wrong(
    "add_noise.own_seed_inside",
    "A fixed seed inside of the function makes its results reproducible, so rng is not needed.",
    "What does the network learn from noise that is the same in every step?",
    "Add noise to one image twice, with one rng: the results differ. Are yours equal?",
    "Look at where the generator comes from that your random numbers are drawn from.",
)
def add_noise(images, std, rng):
    return right.add_noise(images, std, np.random.default_rng(0))


@wrong(
    "add_noise.proportional_to_the_pixel",
    "The noise of a pixel is a share of its value.",
    "How noisy should a black pixel become?",
    "With std = 0.1 a pixel of 0 becomes something like 0.07, as one of 5 becomes 5.07. Does your 0 stay exactly 0?",
    "Look at whether the noise is added or multiplied in.",
)
def add_noise(images, std, rng):
    return images * (1 + std * rng.standard_normal(images.shape))


@wrong.both("add_noise.std_squared", "add_noise.clipped_to_unit_range")
def add_noise(images, std, rng):
    return np.clip(images + rng.normal(0, std**2, size=images.shape), 0, 1)


# ---- cutout


@wrong(
    "cutout.corner_anywhere",
    "The corner of the square may be any pixel; at the edge the square is cut off.",
    "How many pixels should become 0 when size is 2?",
    "In an image of 3 rows a square of size 2 begins in row 0 or 1. Does yours begin in row 2, too, with one row left?",
    "Look at the largest row and the largest column at which your square begins.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    return _with_holes(images, size, rng.integers(0, height, size=n), rng.integers(0, width, size=n))


@wrong(
    "cutout.centre_anywhere",
    "The center of the square may be any pixel; at the edge the square is cut off.",
    "How many pixels should become 0 when size is 3?",
    "In an image of 3 times 3 pixels, size = 3 sets all 9 to 0. Are only 4 of yours with the center in a corner?",
    "Look at what is drawn, the center or the corner, and at where the whole square still lies inside of the image.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    tops, lefts = rng.integers(0, height, size=n) - size // 2, rng.integers(0, width, size=n) - size // 2
    return _with_holes(images, size, tops, lefts)


@wrong(
    "cutout.last_position_left_out",
    "The upper end that rng.integers is given is among the numbers that it draws.",
    "Which numbers does rng.integers(0, 2) draw?",
    "In an image of 5 rows a square of size 3 begins in row 0, 1 or 2. Does yours ever begin in row 2?",
    "Look at the upper end of the random positions. What happens when the square is as large as the image?",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    return _with_holes(images, size, rng.integers(0, height - size, size=n), rng.integers(0, width - size, size=n))


@wrong(
    "cutout.same_square_for_the_batch",
    "One random square is good for the whole batch.",
    "Should what happens to one image depend on which others share its batch?",
    "In 3 times 3 pixels, size = 2 has 4 positions, and in a batch of 100 all should occur. Do yours share one?",
    "Look at whether the corner is drawn for the batch or for each image.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    top, left = rng.integers(0, height - size + 1), rng.integers(0, width - size + 1)
    return _with_holes(images, size, [top] * n, [left] * n)


@wrong(
    "cutout.end_index_is_size",
    "The slice of the square ends at size.",
    "Which rows does the slice 1:2 take, and how many are they?",
    "With size = 2 and the corner in row 1, rows 1 and 2 are hit. Is it only row 1 in yours?",
    "Look at the end of the slices: does it move with their start?",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    result = images.copy()
    tops, lefts = rng.integers(0, height - size + 1, size=n), rng.integers(0, width - size + 1, size=n)
    for image, top, left in zip(result, tops, lefts, strict=True):
        image[top:size, left:size] = 0
    return result


@wrong(
    "cutout.height_and_width_exchanged",
    "The first axis of an image is x, the second y, so the row is drawn from the width.",
    "Which axis of an image counts its rows?",
    "With 2 rows, 4 columns and size = 2 the square can move sideways only. Does yours leave the image at the bottom?",
    "Look at which of height and width limits the first index, and which the second. Square images can't tell.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    tops, lefts = rng.integers(0, width - size + 1, size=n), rng.integers(0, height - size + 1, size=n)
    return _with_holes(images, size, tops, lefts)


@wrong(
    "cutout.always_the_middle",
    "The square is in the middle of the image.",
    "What would the network learn if the same part of every image were missing?",
    "In an image of 3 times 5 pixels a square of size 1 has 15 positions. Is it always in row 1, column 2 in yours?",
    "Look at where the corner of the square comes from, and whether it depends on rng.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    return _with_holes(images, size, [(height - size) // 2] * n, [(width - size) // 2] * n)


@wrong(
    "cutout.filled_with_the_mean",
    "The square is filled with the mean of its image.",
    "Which value should the pixels of the square have?",
    "In an image of the pixels 1, 2 and 6, size = 1 makes one of them 0. Does one of yours become 3?",
    "Look at what you write into the square.",
)
def cutout(images, size, rng):
    hole = right.cutout(np.ones_like(images), size, rng) == 0
    return np.where(hole, images.mean(axis=(1, 2, 3), keepdims=True), images)


@wrong.both("cutout.same_square_for_the_batch", "cutout.corner_anywhere")
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    return _with_holes(images, size, [rng.integers(0, height)] * n, [rng.integers(0, width)] * n)


# ---- in more detail


@wrong.also("cutout.last_position_left_out")
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    tops = rng.integers(0, max(height - size, 1), size=n)
    return _with_holes(images, size, tops, rng.integers(0, max(width - size, 1), size=n))


@wrong.also("cutout.filled_with_the_mean")
def cutout(images, size, rng):
    hole = right.cutout(np.ones_like(images), size, rng) == 0
    return np.where(hole, images.mean(axis=(1, 2), keepdims=True), images)


def _filled(value):
    """Return a cutout that writes something else into its square."""

    def cutout(images, size, rng):
        hole = right.cutout(np.ones_like(images), size, rng) == 0
        return np.where(hole, value(images, rng), images)

    return cutout


wrong(
    "cutout.filled_with_noise",
    "The square is filled with random numbers.",
    "Which value should the pixels of the square have?",
    "All pixels of the square are 0. Are yours something else in every call?",
    "Look at what you write into the square: random erasing is another method.",
)(_filled(lambda images, rng: rng.random(images.shape)))
wrong.also("cutout.filled_with_noise")(_filled(lambda images, rng: rng.standard_normal(images.shape)))

wrong(
    "cutout.filled_with_ones",
    "The square is filled with 1.",
    "Which value should the pixels of the square have?",
    "All pixels of the square are 0. Are yours 1?",
    "Look at what you write into the square.",
)(_filled(lambda images, rng: np.ones_like(images)))


def _cut(paint):
    """Return a cutout in which `paint` changes one image, given the square's corner and size."""

    def cutout(images, size, rng):
        n, height, width, _ = images.shape
        result = images.copy()
        tops, lefts = rng.integers(0, height - size + 1, size=n), rng.integers(0, width - size + 1, size=n)
        for image, top, left in zip(result, tops, lefts, strict=True):
            paint(image, top, left, size)
        return result

    return cutout


def _first_channel(image, top, left, size):
    image[top : top + size, left : left + size, 0] = 0


def _outside(image, top, left, size):
    kept = image[top : top + size, left : left + size].copy()
    image[:] = 0
    image[top : top + size, left : left + size] = kept


def _one_pixel_more(image, top, left, size):
    image[top : top + size + 1, left : left + size + 1] = 0


def _rows(image, top, left, size):
    image[top : top + size] = 0


wrong(
    "cutout.first_channel_only",
    "The square is cut out of the first channel.",
    "Which color has a hole of which only the red part is missing?",
    "All channels of the square are 0. In yours the second one is as it was.",
    "Look at the last index of what you set to 0.",
)(_cut(_first_channel))

wrong(
    "cutout.inside_kept",
    "The square is kept, and the rest set to 0.",
    "Which part of the image is lost in a cutout?",
    "In an image of 5 × 5 pixels, size = 2 makes 4 of them 0. Yours has 21.",
    "Look at which side of your mask becomes 0.",
)(_cut(_outside))

wrong(
    "cutout.one_pixel_too_large",
    "The last index of a slice belongs to it.",
    "How many rows are in image[2:5]?",
    "size = 2 makes 2 × 2 pixels 0. Yours makes 3 × 3.",
    "Look at the upper ends of your two slices.",
)(_cut(_one_pixel_more))

wrong(
    "cutout.whole_rows",
    "Rows are cut out.",
    "How many pixels does a square of size 2 have?",
    "In an image of 5 columns, size = 2 makes 4 pixels 0. Yours makes 10.",
    "Look at the indices of what you set to 0: is there one for the columns?",
)(_cut(_rows))


@wrong(
    "cutout.half_of_the_images",
    "Every second image, by chance, has a hole.",
    "How many images of a batch are changed?",
    "Each image has its own square. Do some of yours come back as they were?",
    "Look for a random decision about whole images: this function has no p.",
)
def cutout(images, size, rng):
    return np.where((rng.random(len(images)) < 0.5)[:, None, None, None], right.cutout(images, size, rng), images)


@wrong(
    "cutout.square_for_every_channel",
    "Every channel has a square of its own.",
    "How many squares does an image of three channels have?",
    "The same pixels are 0 in all channels. Are they others in each of yours?",
    "Look at how often you draw a position for one image.",
)
def cutout(images, size, rng):
    channels = [right.cutout(images[..., k : k + 1], size, rng) for k in range(images.shape[-1])]
    return np.concatenate(channels, axis=-1)


@wrong(
    "cutout.corner_on_the_diagonal",
    "One random number is row and column.",
    "At how many places can your square be, in an image of 5 × 5 pixels with size = 2?",
    "There are 4 × 4 places. Yours has 4 of them.",
    "Look at how many random numbers you draw for one image.",
)
def cutout(images, size, rng):
    n, height, width, _ = images.shape
    corners = rng.integers(0, min(height, width) - size + 1, size=n)
    return _with_holes(images, size, corners, corners)


@wrong(
    "cutout.nothing_cut",
    "The hole is cut into a copy that nobody returns.",
    "Which array do you change, and which one do you return?",
    "size = 2 makes 4 pixels of each image 0. None of yours.",
    "Look at whether what you write to is a view of the result, or a copy.",
)
def cutout(images, size, rng):
    return images.copy()


@wrong(
    "cutout.own_seed_inside",
    "A fixed seed inside of the function makes its results reproducible, so rng is not needed.",
    "What does the network learn from a hole that is always at the same place?",
    "Two calls with one generator cut other squares. Do yours cut the same ones?",
    "Look at where the generator comes from that your positions are drawn from.",
)
def cutout(images, size, rng):
    return right.cutout(images, size, np.random.default_rng(0))


_GLOBAL = (
    "Random numbers come from NumPy's global generator; rng is not needed.",
    "Somebody hands you a generator in a known state, to repeat an experiment. Does your function look at it?",
    "Two generators with the same seed have to give the same images. Do yours give others each time?",
    "Look at what your random numbers are drawn from: np.random, or the argument rng?",
)


@wrong("cutout.global_generator", *_GLOBAL)
def cutout(images, size, rng):
    return right.cutout(images, size, _own_generator)


@wrong("random_crop.global_generator", *_GLOBAL)
def random_crop(images, padding, rng):
    return right.random_crop(images, padding, _own_generator)


@wrong("add_noise.global_generator", *_GLOBAL)
def add_noise(images, std, rng):
    return right.add_noise(images, std, _own_generator)


@wrong("random_horizontal_flip.global_generator", *_GLOBAL)
def random_horizontal_flip(images, p, rng):
    return right.random_horizontal_flip(images, p, _own_generator)


_OWN_SEED = (
    "A fixed seed inside of the function makes its results reproducible, so rng is not needed.",
    "What does the network learn from images that are changed in the same way in every epoch?",
    "Two calls with one generator give other images. Do yours give the same ones?",
    "Look at where the generator comes from that your random numbers are drawn from.",
)


@wrong("random_crop.own_seed_inside", *_OWN_SEED)
def random_crop(images, padding, rng):
    return right.random_crop(images, padding, np.random.default_rng(0))


@wrong("random_horizontal_flip.own_seed_inside", *_OWN_SEED)
def random_horizontal_flip(images, p, rng):
    return right.random_horizontal_flip(images, p, np.random.default_rng(0))


def _padded(mode, **options):
    """Return a crop with another kind of padding."""

    def random_crop(images, padding, rng):
        n, height, width, _ = images.shape
        around = ((0, 0), (padding, padding), (padding, padding), (0, 0))
        padded = np.pad(images, around, mode=mode, **options)
        tops, lefts = rng.integers(0, 2 * padding + 1, size=(2, n))
        corners = zip(padded, tops, lefts, strict=True)
        return np.stack([image[top : top + height, left : left + width] for image, top, left in corners])

    return random_crop


wrong(
    "random_crop.border_mirrored",
    "The border is filled with a mirror image.",
    "What is beyond the edge of the image, by the docstring?",
    "The row (1, 2, 3), shifted by one, becomes (0, 1, 2) or (2, 3, 0). Yours repeats pixels.",
    "Look at the mode of your padding.",
)(_padded("reflect"))
wrong.also("random_crop.border_mirrored")(_padded("symmetric"))


def _shifted(offsets):
    """Return a crop whose offsets, rows and columns, are drawn by `offsets`."""

    def random_crop(images, padding, rng):
        return _windows(images, padding, *offsets(len(images), padding, rng))

    return random_crop


wrong(
    "random_crop.rows_only",
    "The rows are shifted, the columns stay.",
    "In which directions can a window move?",
    "With padding = 1 there are 3 × 3 windows. Yours has 3 of them.",
    "Look at how many random numbers you draw for one image.",
)(_shifted(lambda n, padding, rng: (rng.integers(0, 2 * padding + 1, size=n), [padding] * n)))

wrong(
    "random_crop.offsets_pile_up_in_the_middle",
    "An offset is the sum of two random numbers.",
    "How often does the sum of two dice come out as 7, and how often as 2?",
    "With padding = 1 the offsets 0, 1 and 2 are equally likely. In yours, 1 comes twice as often as 0.",
    "Look at how many random numbers make one offset.",
)(_shifted(lambda n, padding, rng: rng.integers(0, padding + 1, size=(2, 2, n)).sum(axis=1)))

wrong(
    "random_crop.rounded_offset",
    "An offset is a random number between the limits, rounded.",
    "Which numbers are rounded to 0, and which to 1?",
    "With padding = 1 the offsets 0, 1 and 2 are equally likely. In yours, 1 comes twice as often as 0.",
    "Look at the rounding: how long is the interval that becomes each offset?",
)(_shifted(lambda n, padding, rng: np.rint(rng.uniform(0, 2 * padding, size=(2, n))).astype(int)))


@wrong(
    "random_crop.not_cut_back",
    "The padded images are returned.",
    "Which shape do the results have?",
    "Images of 4 × 6 pixels come back with 4 × 6 pixels. Yours are larger.",
    "Look at the last step: where is the window cut out?",
)
def random_crop(images, padding, rng):
    return np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))


@wrong(
    "random_crop.offset_for_every_channel",
    "Every channel is shifted on its own.",
    "What does an image look like whose colors are shifted apart?",
    "All channels of an image are cut at the same place. Are yours cut at different ones?",
    "Look at how often you draw an offset for one image.",
)
def random_crop(images, padding, rng):
    channels = [right.random_crop(images[..., k : k + 1], padding, rng) for k in range(images.shape[-1])]
    return np.concatenate(channels, axis=-1)


def _noise(draw):
    """Return images plus noise that `draw` makes."""

    def add_noise(images, std, rng):
        return images + draw(images, std, rng)

    return add_noise


wrong(
    "add_noise.absolute_value",
    "The noise makes pixels brighter.",
    "What is the mean of the noise?",
    "About half of the pixels become darker. None of yours.",
    "Look for an absolute value.",
)(_noise(lambda images, std, rng: np.abs(rng.normal(0, std, images.shape)) if std else 0))

wrong(
    "add_noise.one_number_per_image",
    "Each image has one number added to it.",
    "How many random numbers does an image of 4 × 4 pixels need?",
    "Two pixels of an image are changed by different amounts. In yours by the same one.",
    "Look at the shape in which you draw.",
)(_noise(lambda images, std, rng: rng.normal(0, std, (len(images), 1, 1, 1))))

wrong(
    "add_noise.relative_to_contrast",
    "std is a share of the images' own spread.",
    "Does the noise depend on what the images show?",
    "With std = 0.1 the noise scatters by 0.1, whatever the images. Yours scatters less on dull images.",
    "Look at what std is multiplied by.",
)(_noise(lambda images, std, rng: rng.normal(0, std * images.std(), images.shape)))

wrong(
    "add_noise.uniform_of_the_right_variance",
    "The noise is uniform, with the right variance.",
    "Which distribution does the docstring name?",
    "Of normal noise, one number in twenty is farther out than two standard deviations. None of yours.",
    "Look at the method of rng that draws.",
)(_noise(lambda images, std, rng: rng.uniform(-1, 1, images.shape) * np.sqrt(3) * std))

wrong(
    "add_noise.cut_off",
    "Noise beyond two standard deviations is cut off.",
    "How far out can a normal number be?",
    "One number in twenty is farther out than two standard deviations. In yours these all are at the limit.",
    "Look for a clip.",
)(_noise(lambda images, std, rng: np.clip(rng.normal(0, std, images.shape), -2 * std, 2 * std)))


@wrong(
    "add_noise.noise_only",
    "The noise is returned.",
    "What is left of the images?",
    "With std = 0 the images come back as they are. Yours are 0.",
    "Look for the images in what you return.",
)
def add_noise(images, std, rng):
    return rng.normal(0, std, images.shape)


def _flip(change):
    """Return a flip that changes the chosen images by `change`."""

    def random_horizontal_flip(images, p, rng):
        chosen = rng.random(len(images)) < p
        return np.where(chosen[:, None, None, None], change(images), images)

    return random_horizontal_flip


wrong(
    "random_horizontal_flip.first_column_stays",
    "Column j comes from column −j.",
    "Which column does column 0 come from?",
    "The row (1, 2, 3, 4) becomes (4, 3, 2, 1). Yours becomes (1, 4, 3, 2).",
    "Look at the index that each column comes from: is there a −1?",
)(_flip(lambda images: images[:, :, -np.arange(images.shape[2])]))


@wrong(
    "random_horizontal_flip.every_image",
    "As soon as p is positive, all images are mirrored.",
    "How many of 100 images are mirrored with p = 0.1?",
    "With p = 0.1 about 10 of 100 images are mirrored. All of yours.",
    "Look at what p is compared with.",
)
def random_horizontal_flip(images, p, rng):
    return images[:, :, ::-1].copy() if p > 0 else images.copy()


@wrong(
    "random_horizontal_flip.fixed_number_of_images",
    "Exactly the share p of the images is mirrored.",
    "If you toss a fair coin ten times, is it heads exactly five times?",
    "With p = 0.5, two images both stay in a quarter of all calls. Does exactly one of yours, every time?",
    "Look at whether what becomes of one image depends on what became of the others.",
)
def random_horizontal_flip(images, p, rng):
    chosen = rng.permutation(np.arange(len(images)) < round(p * len(images)))
    return np.where(chosen[:, None, None, None], images[:, :, ::-1], images)


@wrong(
    "random_horizontal_flip.normal_draws",
    "Normally distributed random numbers are compared with p.",
    "Which share of the random numbers that you draw is below p? Try it with ten thousand of them and p = 0.1.",
    "Of standard normal numbers, 54 % are below 0.1. Of numbers that are uniform from 0 to 1, exactly the share p is.",
    "Look at the method of rng that draws your numbers: what is its distribution?",
)
def random_horizontal_flip(images, p, rng):
    chosen = rng.standard_normal(len(images)) < p
    return np.where(chosen[:, None, None, None], images[:, :, ::-1], images)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "random_crop.one_offset_for_the_batch",
    replace="""    tops, lefts = rng.integers(0, 2 * padding, size=(2, n), endpoint=True)
    windows = [
        image[top : top + height, left : left + width] for image, top, left in zip(padded, tops, lefts, strict=True)
    ]
    return np.stack(windows)""",
    by="""    top, left = rng.integers(0, 2 * padding, size=2, endpoint=True)
    return padded[:, top : top + height, left : left + width]""",
)
wrong.written(
    "random_crop.largest_offset_left_out",
    replace="size=(2, n), endpoint=True)",
    by="size=(2, n))",
)
wrong.written(
    "random_crop.offsets_up_to_padding",
    replace="rng.integers(0, 2 * padding,",
    by="rng.integers(0, padding,",
)
wrong.written(
    "cutout.filled_with_ones",
    replace="] = 0",
    by="] = 1",
)
wrong.written(
    "cutout.whole_rows",
    replace="image[top : top + size, left : left + size]",
    by="image[top : top + size]",
)
wrong.written(
    "cutout.first_channel_only",
    replace="left : left + size]",
    by="left : left + size, 0]",
)
wrong.written(
    "cutout.one_pixel_too_large",
    replace="image[top : top + size, left : left + size]",
    by="image[top : top + size + 1, left : left + size + 1]",
)
wrong.written(
    "cutout.filled_with_the_mean",
    replace="] = 0",
    by="] = image.mean()",
)
wrong.written(
    "cutout.inside_kept",
    replace="""        image[top : top + size, left : left + size] = 0
""",
    by="""        square = image[top : top + size, left : left + size].copy()
        image[:] = 0
        image[top : top + size, left : left + size] = square
""",
)
wrong.written(
    "cutout.corner_anywhere",
    replace="rng.integers(0, height - size + 1, size=n), rng.integers(0, width - size + 1, size=n)",
    by="rng.integers(0, height, size=n), rng.integers(0, width, size=n)",
)
wrong.written(
    "random_horizontal_flip.p_is_left_alone",
    replace="rng.random(len(images)) < p",
    by="rng.random(len(images)) >= p",
)
wrong.written(
    "random_horizontal_flip.p_ignored",
    replace="< p",
    by="< 0.5",
)
wrong.written(
    "add_noise.clipped_to_unit_range",
    replace="images + std * rng.standard_normal(images.shape)",
    by="np.clip(images + std * rng.standard_normal(images.shape), 0, 1)",
)
