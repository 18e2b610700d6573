"""Public checks of averages over noise: what every student can run and read.

p is never ½, and the functions that are averaged are no linear ones, unless that is the point. Which masks are drawn is
left to chance: a check looks at what holds whatever was drawn.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, tuples

exercise = Exercise("marginalization")
dropout_moments = exercise.function("dropout_moments", returns=("mean", "variance"))
exact_average = exercise.function("exact_average", returns="average")
monte_carlo_average = exercise.function("monte_carlo_average", returns=("mean", "standard_error"))
geometric_mean_softmax = exercise.function("geometric_mean_softmax", returns="probabilities")
flip_average = exercise.function("flip_average", returns="average")
bagging_indices = exercise.function("bagging_indices", returns=tuples("bags", "indices", "out_of_bag"))


# ---- dropout_moments


def expect_moments(expect, moments, where=""):
    """Expect mean and variance."""
    expect.reference(f"mean{where}", moments[0], scale=1.0)
    expect.reference(f"variance{where}", moments[1])


@dropout_moments.check(points=4)
def of_a_linear_unit(student, inputs, expect):
    """They are mean and variance of the sum over all masks"""
    expect_moments(expect, student.dropout_moments(inputs.apart(5), inputs.apart(5), 0.3))


@dropout_moments.check(points=2)
def without_dropout(student, inputs, expect):
    """With p = 0 nothing varies"""
    w, x = inputs.apart(4), inputs.apart(4)
    expect_moments(expect, student.dropout_moments(w, x, 0.2), " for p=0.2")
    mean, variance = student.at("p=0").dropout_moments(w, x, 0.0)
    expect.reference("mean for p=0", mean, scale=1.0)
    expect.close("variance for p=0", variance, 0.0, scale=1.0)


# ---- exact_average


def network(inputs, d, outputs):
    """Return a function of a vector with `outputs` outputs, or of none where that is a number."""
    first, second = inputs.apart(d, 6), inputs.apart(6, *([outputs] if outputs else []))
    return lambda x: np.tanh(x @ first) @ second


@exact_average.check(points=5)
def of_a_network(student, inputs, expect):
    """It is the mean over all masks, each weighed by its probability"""
    expect.reference("average", student.exact_average(network(inputs, 4, 3), inputs.apart(4), 0.3))


@exact_average.check(points=2)
def of_one_number(student, inputs, expect):
    """f may return a number, and x may have a single element"""
    expect.reference("average", student.exact_average(network(inputs, 3, 0), inputs.apart(3), 0.4))
    average = student.at("one element").exact_average(network(inputs, 1, 2), inputs.apart(1), 0.15)
    expect.reference("average for one element", average)


# ---- monte_carlo_average


def expect_counts(expect, x, p, samples, mean, standard_error, where=""):
    """Expect what N samples of x∘m itself must give: how often each element was kept tells both."""
    kept = mean / x * (1 - p) * samples
    counts = np.rint(kept)
    expect.close(f"how often each element was kept{where}", kept, counts, scale=float(samples))
    spread = np.sqrt(np.clip(counts * (samples - counts), 0, None) / (samples * (samples - 1) * samples))
    expect.close(f"standard_error for these counts{where}", standard_error, np.abs(x) / (1 - p) * spread)
    far = np.abs(counts - samples * (1 - p)) > 7.5 * np.sqrt(samples * p * (1 - p)) + 1
    expect.that(~far, f"Some element is kept far too often or too rarely{where}.")


@monte_carlo_average.check(points=5)
def of_the_input_itself(student, inputs, expect):
    """Mean and standard error are those of the samples, in which elements are 0 or x/(1-p)"""
    x, p, samples = inputs.apart(12), 0.3, 150
    mean, standard_error = student.monte_carlo_average(lambda at: at, x, p, inputs.generator(), samples)
    expect_counts(expect, x, p, samples, mean, standard_error)


@monte_carlo_average.check(points=3)
def without_noise(student, inputs, expect):
    """With p = 0 the mean is f(x), and there is nothing to be unsure of"""
    # Halves, and powers of two: any precision holds all sums of squares, and no rounding looks like a spread.
    x, first, second = (np.round(2 * inputs.apart(*shape, least=0.5)) / 2 for shape in ((5,), (5, 4), (4,)))
    f = lambda at: np.abs(at @ first) @ np.abs(second) + 1.0
    mean, standard_error = student.monte_carlo_average(f, x, 0.0, inputs.generator(), 8)
    expect.reference("mean for p=0", mean)
    expect.close("standard_error for p=0", standard_error, 0.0, scale=1.0)
    _, noisy = student.at("p=0.4").monte_carlo_average(f, x, 0.4, inputs.generator(), 60)
    expect.that(noisy > 1e-3, "With p=0.4 the standard error is nothing.")


# ---- geometric_mean_softmax


def passes(inputs, t, n, classes):
    """Return scores that single precision holds exactly, whatever is added up."""
    return np.round(64 * inputs.normal(t, n, classes, scale=1.5)) / 64


@geometric_mean_softmax.check(points=4)
def of_three_passes(student, inputs, expect):
    """It is the geometric mean of the softmaxes, normalized for each example"""
    expect.reference("probabilities", student.geometric_mean_softmax(passes(inputs, 3, 4, 5)))


@geometric_mean_softmax.check(points=2)
def of_large_scores(student, inputs, expect):
    """Scores may be as large as 1000, of either sign"""
    scores = passes(inputs, 3, 2, 4) + np.array([[900.0, -950.0], [-400.0, 980.0], [0.0, -980.0]])[..., np.newaxis]
    expect.reference("probabilities", student.geometric_mean_softmax(scores))


# ---- flip_average


def classifier(inputs, h, w, c, k):
    """Return a function of images that is not symmetric."""
    weights = inputs.apart(h * w * c, k)
    return lambda images: np.tanh(images.reshape(len(images), -1) @ weights / 2)


@flip_average.check(points=4)
def of_both_sides(student, inputs, expect):
    """It is the mean of the predictions of the images and of their mirror images"""
    average = student.flip_average(classifier(inputs, 3, 4, 2, 5), inputs.normal(3, 3, 4, 2))
    expect.reference("average", average)


# ---- bagging_indices


def expect_bags(expect, bags, n, where):
    """Expect n draws of 0 … n-1 in each bag, and beside it exactly those that were not drawn."""
    for number, (indices, out_of_bag) in enumerate(bags):
        place = f"bag {number} {where}"
        expect.that(len(indices) == n, f"There are not {n} draws: {place}.")
        expect.that(np.isin(indices, np.arange(n)), f"A draw is none of 0 to {n - 1}: {place}.")
        rest = np.setdiff1d(np.arange(n), indices)
        expect.that(np.isin(rest, out_of_bag).all(), f"Some of what was not drawn is missing out of the bag: {place}.")
        expect.that(np.isin(out_of_bag, rest).all(), f"Something is out of the bag that was drawn: {place}.")
        expect.that(np.all(np.diff(out_of_bag) > 0), f"What is out of the bag is not in ascending order: {place}.")


@bagging_indices.check(points=3)
def draws_and_the_rest(student, inputs, expect):
    """Each round has n draws with replacement, and those that were not drawn"""
    n, rounds = 30 + inputs.below(300), 3 + inputs.below(4)
    bags = student.bagging_indices(n, rounds, inputs.generator())
    expect_bags(expect, bags, n, f"of {rounds}")
    again = [len(np.unique(indices)) < n for indices, _ in bags]
    expect.that(again, "No example is drawn twice: are these draws with replacement?")


@bagging_indices.check(points=2)
def one_example_and_no_rounds(student, inputs, expect):
    """One example is in every bag; no rounds are an empty list"""
    expect_bags(expect, student.at("n=1").bagging_indices(1, 2, inputs.generator()), 1, "of one example")
    student.at("no rounds").bagging_indices(5, 0, inputs.generator())
    n = 25 + inputs.below(50)
    bags = student.bagging_indices(n, 1, inputs.generator())
    expect_bags(expect, bags, n, f"of {n} examples")
    expect.that(len(bags[0][1]) > 0, "Nothing is out of the bag.")
