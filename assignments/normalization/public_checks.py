"""Public checks of data normalization: what every student can run and read.

N and D differ; features have means and spreads of their own; the statistics that data are standardized with are not
those of the data.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise

exercise = Exercise("normalization")
fit = exercise.function("fit_standardizer", returns=("mean", "std"))
standardize = exercise.function("standardize", returns="z")


def features(inputs, n, d):
    """Return examples whose features differ in mean and spread.

    A mean is about as large as the spread: no way to compute a variance loses digits that count.
    """
    sides = np.where((np.arange(n).reshape(n, 1) + np.arange(d)) % 2, 1.0, -1.0)
    around = sides * inputs.uniform(n, d, low=0.4, high=1.6) + inputs.apart(d, least=0.4, most=1.2)
    return around * inputs.positive(d, least=0.5, most=4.0)


def statistics(inputs, d):
    """Return means and spreads of some training set."""
    return inputs.normal(d, scale=3.0), inputs.positive(d, least=0.4, most=3.0)


def expect_spread(expect, label, std, n):
    """Expect the reference's spread, or the one that divides by N - 1: `divides_by_n` alone asks which."""
    biased = expect.recorded(f"{label}, dividing by N", std)
    sample = biased * np.sqrt(n / (n - 1))
    nearer = sample if np.abs(std - sample).sum() < np.abs(std - biased).sum() else biased
    expect.close(label, std, nearer)


# ---- fit_standardizer


@fit.check(points=8)
def mean_of_each_feature(student, inputs, expect):
    """The mean of each feature is taken over the examples"""
    mean, _ = student.fit_standardizer(features(inputs, 6, 3))
    expect.reference("mean", mean)


@fit.check(points=8)
def spread_of_each_feature(student, inputs, expect):
    """The standard deviation of each feature is taken over the examples"""
    _, std = student.fit_standardizer(features(inputs, 5, 3))
    expect_spread(expect, "std", std, 5)


@fit.check(points=6)
def divides_by_n(student, inputs, expect):
    """The standard deviation divides by N, not by N - 1: a single row has the spread 0"""
    x = np.round(8 * features(inputs, 4, 3)) / 8  # whose squares any precision holds: a row has no spread at all
    for case, examples in (("four rows", x), ("the same four rows twice", np.tile(x, (2, 1)))):
        _, std = student.at(case).fit_standardizer(examples)
        expect.reference(f"std of {case}", std)
    _, std = student.at("a single row").fit_standardizer(x[:1])
    expect.close("std of a single row", std, np.zeros(3), scale=1.0)


# ---- standardize


@standardize.check(points=10)
def uses_what_is_given(student, inputs, expect):
    """Each feature is centered and scaled with the given mean and std"""
    z = student.standardize(features(inputs, 5, 3), *statistics(inputs, 3))
    expect.reference("the result", z)


@standardize.check(points=8)
def constant_feature(student, inputs, expect):
    """A feature whose std is exactly 0 comes out as 0, also where x is not the mean"""
    for d, constant in ((4, [2]), (3, [0, 2]), (1, [0])):
        x, (mean, std) = features(inputs, 6, d), statistics(inputs, d)
        std[constant] = 0.0
        x[::2, constant] = mean[constant]
        case = f"{len(constant)} of {d} features constant"
        z = student.at(case).standardize(x, mean, std)
        expect.reference(f"the result with {case}", z, scale=1.0)
    z = student.at("an ordinary feature").standardize(features(inputs, 3, 2), *statistics(inputs, 2))
    expect.that(np.abs(z).sum() > 1e-3, "The result is zero for features that vary.")
