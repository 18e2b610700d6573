"""Hidden checks of data normalization.

Some features are constant, some data sets tiny, and test data are far from the training set that they are standardized
with.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import strided

from .public_checks import features, fit, standardize, statistics

# ---- fit_standardizer


@fit.check(points=12)
def other_sizes(student, inputs, expect):
    """Both are right for other sizes and for very few examples"""
    for n, d in ((2, 3), (4, 1), (9, 5), (40, 2)):
        x = features(inputs, n, d)
        x[: n // 2, 0] = 0.0  # a value like any other, not a missing one
        layout = strided if n % 2 else np.asfortranarray
        mean, std = student.at(f"N={n}, D={d}").fit_standardizer(x=layout(x))
        expect.reference(f"mean for N={n}, D={d}", mean)
        expect.reference(f"std for N={n}, D={d}", std)


@fit.check(points=8)
def no_spread(student, inputs, expect):
    """A constant feature has the spread 0, and so has everything in a single row"""
    x = features(inputs, 5, 4)
    x[:, 1] = 2.75
    mean, std = student.at("a constant feature").fit_standardizer(x)
    expect.reference("mean with a constant feature", mean)
    expect.reference("std with a constant feature", std)
    row = features(inputs, 1, 3)
    mean, std = student.at("a single row").fit_standardizer(row)
    expect.close("mean of a single row", mean, row[0])
    expect.close("std of a single row", std, np.zeros(3), scale=1.0)


@fit.check(points=7)
def follows_the_data(student, inputs, expect):
    """Moving and stretching the data moves and stretches both"""
    x = features(inputs, 7, 3)
    mean, std = student.fit_standardizer(x)
    moved_mean, moved_std = student.at("moved and stretched").fit_standardizer(-3 * x + 2)
    expect.reference("mean", mean)
    expect.reference("std", std)
    expect.close("mean of the moved and stretched data", moved_mean, -3 * mean + 2)
    expect.close("std of the moved and stretched data", moved_std, 3 * std)
    twice_mean, twice_std = student.at("the same examples twice").fit_standardizer(np.tile(x, (2, 1)))
    expect.close("mean of the same examples twice", twice_mean, mean)
    expect.close("std of the same examples twice", twice_std, std)


# ---- standardize


@standardize.check(points=13)
def test_data(student, inputs, expect):
    """Test data are treated like training data, whatever their own statistics are"""
    mean, std = statistics(inputs, 4)
    for n, shift in ((4, 0), (3, 40), (5, -7)):
        case = f"N={n}, data shifted by {shift}"
        layout = strided if n % 2 else np.asfortranarray
        z = student.at(case).standardize(x=layout(features(inputs, n, 4) + shift), mean=mean, std=std)
        expect.reference(f"the result for {case}", z)


@standardize.check(points=7)
def single_row(student, inputs, expect):
    """A single row is standardized like any other"""
    for d in (3, 1):
        mean, std = statistics(inputs, d)
        z = student.at(f"D={d}").standardize(features(inputs, 1, d), mean, std)
        expect.reference(f"the result for one row, D={d}", z)


@standardize.check(points=13)
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


@standardize.check(points=8)
def zero_mean_unit_spread(student, inputs, expect):
    """A training set that is standardized with its own statistics has mean 0 and spread 1"""
    x = features(inputs, 9, 4)
    mean, std = x.mean(axis=0), x.std(axis=0)
    z = student.standardize(x, mean, std)
    expect.close("the mean of each feature", z.mean(axis=0), np.zeros(4), scale=1.0)
    expect.close("the spread of each feature", z.std(axis=0), np.ones(4))
    expect.close("the way back to the data", z * std + mean, x)
    other = features(inputs, 5, 4)
    z = student.at("test data").standardize(other, mean, std)
    expect.close("the way back to the test data", z * std + mean, other)
