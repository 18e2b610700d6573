"""Hidden checks of averages over noise.

The exact structure is judged by what holds whatever was drawn, the choice of masks by how often elements are
kept, alone and together. Bounds are left by chance once in 10¹² times.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import strided

from .public_checks import (
    bagging_indices,
    classifier,
    dropout_moments,
    exact_average,
    expect_bags,
    expect_counts,
    expect_moments,
    flip_average,
    geometric_mean_softmax,
    monte_carlo_average,
    network,
    passes,
)

OUTSIDE = (-0.1, 1.0, 1.3)


# ---- dropout_moments


@dropout_moments.check(points=4)
def other_sizes(student, inputs, expect):
    """They are right for other sizes, probabilities and memory layouts"""
    for d, p, layout in ((1, 0.85, np.asarray), (9, 0.6, strided), (40, 0.05, np.asarray)):
        w, x, what = layout(inputs.apart(d)), layout(inputs.apart(d)), f"D={d}, p={p}"
        expect_moments(expect, student.at(what).dropout_moments(w=w, x=x, p=p), f" for {what}")
    w, x = inputs.apart(6), inputs.apart(6)
    x[3] = 0.0
    expect_moments(expect, student.at("a zero").dropout_moments(w, x, 0.4), " for an x with a zero")
    x[1] = 120.0
    expect_moments(expect, student.at("a large x").dropout_moments(w, x, 0.4), " for a large x and a zero")


@dropout_moments.check(points=4)
def what_the_masks_give(student, inputs, expect):
    """They are what averaging over all masks by hand gives"""
    w, x, p = inputs.apart(3), inputs.apart(3), 0.35
    kept = np.array(list(np.ndindex(2, 2, 2)), dtype=float)
    probability = np.prod(np.where(kept == 1, 1 - p, p), axis=1)
    sums = kept @ (w * x) / (1 - p)
    mean, variance = student.dropout_moments(w, x, p)
    average = np.sum(probability * sums)
    expect.close("mean", mean, average, scale=1.0)
    expect.close("variance", variance, np.sum(probability * (sums - average) ** 2))


@dropout_moments.check(points=2)
def moments_refuse_bad_probabilities(student, inputs, expect):
    """p outside of [0, 1) is a ValueError"""
    w, x = inputs.apart(4), inputs.apart(4)
    expect_moments(expect, student.dropout_moments(w, x, 0.45))
    for p in OUTSIDE:
        with expect.raises(ValueError, f"p={p:g}"):
            student.dropout_moments(w, x, p)


# ---- exact_average


@exact_average.check(points=5)
def other_functions(student, inputs, expect):
    """It is right for other sizes, probabilities and shapes of values, up to ten elements"""
    for d, p, layout in ((2, 0.75, np.asarray), (6, 0.1, strided), (10, 0.55, np.asarray)):
        first, second = inputs.apart(d, 4), inputs.apart(2, 3)
        f = lambda at, first=first, second=second: np.multiply.outer(np.tanh(at @ first), second)
        what = f"D={d}, p={p}"
        average = student.at(what).exact_average(f=f, x=layout(inputs.apart(d)), p=p)
        expect.reference(f"average for {what}", average)
    x, weights = inputs.apart(5), inputs.apart(5, 2) / 100
    x[0], x[2] = 150.0, 0.0
    average = student.at("a large x").exact_average(lambda at: np.tanh(at @ weights), x, 0.3)
    expect.reference("average for a large x and a zero", average)


@exact_average.check(points=3)
def linear_and_quadratic(student, inputs, expect):
    """For a linear function it is the value at x itself; for a quadratic one the variance is added"""
    w, x, p = inputs.apart(5), inputs.apart(5), 0.35
    linear = student.at("a linear function").exact_average(lambda at: at @ w, x, p)
    square = student.at("its square").exact_average(lambda at: (at @ w) ** 2, x, p)
    expect.close("average of a linear function", linear, x @ w, scale=1.0)
    expect.close("average of its square", square, (x @ w) ** 2 + p / (1 - p) * np.sum((w * x) ** 2))


@exact_average.check(points=3)
def certain_masks(student, inputs, expect):
    """Without dropout it is f(x); constants stay what they are"""
    f, x = network(inputs, 4, 2), inputs.apart(4)
    expect.reference("average for p=0", student.at("p=0").exact_average(f, x, 0.0))
    constant = inputs.apart(3)
    found = student.at("a constant").exact_average(lambda _: constant, x, 0.7)
    expect.close("average of a constant", found, constant)
    expect.reference("average for p=0.2", student.at("p=0.2").exact_average(f, x, 0.2))


@exact_average.check(points=2)
def average_refuses_bad_probabilities(student, inputs, expect):
    """p outside of [0, 1) is a ValueError"""
    f, x = network(inputs, 3, 2), inputs.apart(3)
    expect.reference("average", student.exact_average(f, x, 0.45))
    for p in OUTSIDE:
        with expect.raises(ValueError, f"p={p:g}"):
            student.exact_average(f, x, p)


# ---- monte_carlo_average


@monte_carlo_average.check(points=4)
def few_and_many_samples(student, inputs, expect):
    """It is right for other sizes, probabilities and numbers of samples"""
    for d, p, samples in ((30, 0.75, 2), (1, 0.2, 40), (7, 0.9, 500)):
        # In few bits: where all samples are the same, no rounding looks like a spread.
        x = np.round(64 * inputs.apart(d)) / 64 * (100 if d == 7 else 1)
        what = f"D={d}, p={p}, {samples} samples"
        mean, standard_error = student.at(what).monte_carlo_average(
            f=lambda at: at, x=strided(x), p=p, rng=inputs.generator(), samples=samples
        )
        expect_counts(expect, x, p, samples, mean, standard_error, f" for {what}")
    x, p, kept, twice = inputs.apart(30), 0.65, 0.0, 0
    for _ in range(30):
        mean, _ = student.at("two samples").monte_carlo_average(lambda at: at, x, p, inputs.generator(), 2)
        counts = mean / x * (1 - p) * 2
        kept, twice = kept + np.sum(counts), twice + np.count_nonzero(counts > 1.5)
    near = abs(kept - 1800 * (1 - p)) < 7.5 * np.sqrt(1800 * p * (1 - p))
    expect.that(near, "Where there are two samples, far too many or too few elements are kept.")
    both = (1 - p) ** 2
    near = abs(twice - 900 * both) < 7.5 * np.sqrt(900 * both * (1 - both))
    expect.that(near, "What one of two samples keeps, the other one keeps far too often or too rarely.")


@monte_carlo_average.check(points=4)
def elements_are_independent(student, inputs, expect):
    """Elements are dropped on their own, and every sample has a mask of its own"""
    p, samples, d = 0.35, 400, 10
    x = inputs.apart(d)
    # Every pair of elements, and how many elements there are.
    f = lambda at: np.vstack([np.outer(at, at), np.full(d, np.sum(at / x))])
    mean, standard_error = student.monte_carlo_average(f, x, p, inputs.generator(), samples)
    counts = mean[:d] / np.outer(x, x) * (1 - p) ** 2 * samples
    together = counts[~np.eye(d, dtype=bool)]
    share = (1 - p) ** 2
    far = np.abs(together - samples * share) > 7.5 * np.sqrt(samples * share * (1 - share))
    expect.that(~far, "Some two elements are kept together far too often or too rarely.")
    expect.close("how often pairs are kept together", counts, np.rint(counts), scale=float(samples))
    ratio = standard_error[d] / np.sqrt(d * p / (1 - p) / samples)
    expect.that((ratio > 0.6) & (ratio < 1.5), "How many elements are dropped varies far too little, or too much.")


@monte_carlo_average.check(points=4)
def of_a_nonlinear_function(student, inputs, expect):
    """Mean and standard error are near what averaging over all masks gives"""
    f, x, p, samples = network(inputs, 8, 0), inputs.apart(8), 0.3, 600
    x[5] = 0.0
    kept = np.array(list(np.ndindex(*[2] * 8)), dtype=float)
    probability = np.prod(np.where(kept == 1, 1 - p, p), axis=1)
    values = f(x * kept / (1 - p))
    average = np.sum(probability * values)
    deviation = np.sqrt(np.sum(probability * (values - average) ** 2))
    mean, standard_error = student.monte_carlo_average(f, x, p, inputs.generator(), samples)
    off = np.abs(mean - average) / (deviation / np.sqrt(samples))
    expect.that(off < 7.5, "The mean is farther from the exact average than chance takes it.")
    ratio = standard_error / (deviation / np.sqrt(samples))
    expect.that((ratio > 0.6) & (ratio < 1.6), "The standard error is far from what it is on average.")


@monte_carlo_average.check(points=2)
def only_the_generator(student, inputs, expect):
    """The masks depend on the generator they are drawn from, and on nothing else"""
    rng, x = inputs.generator(), inputs.apart(20)
    again, other = inputs.again(rng), inputs.generator()
    first, second, repeated, elsewhere = (
        student.monte_carlo_average(lambda at: at, x, 0.45, each, 30)[0] for each in (rng, rng, again, other)
    )
    kept = first / x * 0.55 * 30
    expect.close("how often each element was kept", kept, np.rint(kept), scale=30.0)
    expect.close("mean for another generator in the same state", repeated, first)
    expect.that(np.any(first != second), "Two calls with one generator draw the same masks.")
    expect.that(np.any(first != elsewhere), "Two generators in different states draw the same masks.")


@monte_carlo_average.check(points=2)
def samples_refuse_bad_probabilities(student, inputs, expect):
    """p outside of [0, 1) is a ValueError"""
    x = inputs.apart(15)
    mean, standard_error = student.monte_carlo_average(lambda at: at, x, 0.45, inputs.generator(), 50)
    expect_counts(expect, x, 0.45, 50, mean, standard_error)
    for p in OUTSIDE:
        with expect.raises(ValueError, f"p={p:g}"):
            student.monte_carlo_average(lambda at: at, x, p, inputs.generator(), 5)


# ---- geometric_mean_softmax


@geometric_mean_softmax.check(points=4)
def other_passes(student, inputs, expect):
    """It is right for other numbers of passes, examples and classes"""
    for shape, layout in (
        ((1, 3, 4), strided),
        ((6, 1, 3), np.asfortranarray),
        ((2, 5, 2), np.asfortranarray),
        ((20, 2, 3), np.asarray),
        ((2, 3, 1), np.asarray),
    ):
        probabilities = student.at(f"shape {shape}").geometric_mean_softmax(scores=layout(passes(inputs, *shape)))
        expect.reference(f"probabilities for shape {shape}", probabilities)


@geometric_mean_softmax.check(points=3)
def passes_that_disagree(student, inputs, expect):
    """Passes that are each quite sure of something else leave the classes alike"""
    scores = passes(inputs, 2, 3, 3)
    scores[0, :2] += np.array([800.0, 0.0, -900.0])
    scores[1, :2] += np.array([-800.0, 0.0, 900.0])
    expect.reference("probabilities", student.geometric_mean_softmax(scores))
    agreeing = passes(inputs, 3, 3, 4) + np.array([[960.0] * 4, [-970.0] * 4, [900.0, 0.0, -900.0, 0.0]])
    found = student.at("large scores in all passes").geometric_mean_softmax(agreeing)
    expect.reference("probabilities of large scores in all passes", found)


@geometric_mean_softmax.check(points=3)
def properties(student, inputs, expect):
    """Equal passes are one softmax; what is added to all scores of an example in a pass changes nothing"""
    scores = passes(inputs, 1, 4, 3)
    powers = np.exp(scores[0])
    same = student.at("equal passes").geometric_mean_softmax(np.repeat(scores, 3, axis=0))
    expect.close("probabilities of equal passes", same, powers / powers.sum(axis=1, keepdims=True))
    several = passes(inputs, 3, 4, 3)
    one = student.geometric_mean_softmax(several)
    other = student.at("moved").geometric_mean_softmax(several + np.round(8 * inputs.normal(3, 4, 1)) / 8)
    expect.reference("probabilities", one)
    expect.close("probabilities of moved scores", other, one)


# ---- flip_average


@flip_average.check(points=3)
def other_images(student, inputs, expect):
    """It is right for other sizes, one image and a single column included"""
    for n, h, w, c, k, layout in (
        (1, 4, 3, 1, 2, strided),
        (4, 2, 5, 3, 1, np.asfortranarray),
        (2, 3, 1, 2, 4, np.asarray),
    ):
        what = f"shape {(n, h, w, c)}"
        images = layout(inputs.normal(n, h, w, c))
        average = student.at(what).flip_average(predict=classifier(inputs, h, w, c, k), images=images)
        expect.reference(f"average for {what}", average)
    images = 40 * inputs.normal(20, 2, 3, 1)
    images[0, 0, 0, 0], images[1, 1, 1, 0] = 130.0, 0.0
    weights = inputs.apart(6, 2) / 100
    average = student.at("many images").flip_average(
        lambda seen: np.tanh(seen.reshape(len(seen), -1) @ weights), images
    )
    expect.reference("average for many images with large pixels", average)


@flip_average.check(points=3)
def either_side_first(student, inputs, expect):
    """Images and their mirror images have the same average"""
    predict, images = classifier(inputs, 3, 4, 1, 3), inputs.normal(2, 3, 4, 1)
    average = student.flip_average(predict, images)
    expect.reference("average", average)
    expect.close("average of the mirror images", student.flip_average(predict, images[:, :, ::-1].copy()), average)


# ---- bagging_indices


@bagging_indices.check(points=4)
def every_index_alike(student, inputs, expect):
    """Every draw is any of the examples, equally likely, whatever the others are"""
    bags = student.bagging_indices(n=8, rounds=300, rng=inputs.generator())
    drawn = np.concatenate([np.resize(indices, 8) for indices, _ in bags])
    # Sorted draws are as right as others: read across the bags, they are in no order.
    counts = np.array([np.sum(drawn == index) for index in range(8)])
    far = np.abs(counts - 300) > 7.5 * np.sqrt(2400 * (1 / 8) * (7 / 8))
    expect.that(~far, "Some example is drawn far too often or too rarely.")
    sizes = np.array([len(np.unique(indices)) for indices, _ in bags])
    expect.that(
        abs(sizes.mean() - 5.251) < 7.5 * 0.83 / np.sqrt(300), "Bags hold too many or too few different examples."
    )
    expect.that(
        (sizes.var() > 0.35) & (sizes.var() < 1.4), "How many different examples a bag holds varies too little."
    )
    expect_bags(expect, bags[:2], 8, "of 300")


@bagging_indices.check(points=3)
def rounds_are_independent(student, inputs, expect):
    """A bag does not depend on those before it"""
    bags = student.bagging_indices(60, 40, inputs.generator())
    inside = np.array([np.isin(np.arange(60), indices) for indices, _ in bags], dtype=float)
    share = 1 - (1 - 1 / 60) ** 60
    far = np.abs(inside.sum(axis=0) - 40 * share) > 7.5 * np.sqrt(40 * share * (1 - share))
    expect.that(~far, "Some example is in nearly all bags, or in hardly any.")
    both = np.mean(inside[1:] * inside[:-1]) - share**2
    expect.that(abs(both) < 0.07, "Bags resemble the ones before them, or avoid them.")
    expect.that(np.ptp(inside, axis=0).sum() > 30, "All bags hold the same examples.")
    expect_bags(expect, bags[-2:], 60, "of 40")


@bagging_indices.check(points=2)
def bags_of_the_generator(student, inputs, expect):
    """The draws depend on the generator they come from, and on nothing else"""
    rng = inputs.generator()
    again, other = inputs.again(rng), inputs.generator()
    first, second, repeated, elsewhere = (
        student.bagging_indices(50, 1, each)[0][0] for each in (rng, rng, again, other)
    )
    rest = [np.setdiff1d(np.arange(50), each) for each in (first, second)]
    expect.that(np.array_equal(first, repeated), "Two generators in the same state give different bags.")
    expect.that(not np.array_equal(first, second), "Two calls with one generator give the same bag.")
    expect.that(not np.array_equal(first, elsewhere), "Two generators in different states give the same bag.")
    expect.that([5 < len(each) < 35 for each in rest], "A bag leaves out far too much or too little.")
