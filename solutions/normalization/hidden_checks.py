"""Hidden checks of data normalization.

Some features are constant, some data sets tiny, and test data are far from the training set that they are standardized
with.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import strided

from .public_checks import expect_spread, features, fit, standardize, statistics

# ---- fit_standardizer


@fit.check(points=11)
def other_sizes(student, inputs, expect):
    """Both are right for other sizes and for very few examples"""
    for n, d in ((2, 3), (4, 1), (9, 5), (40, 2)):
        x, sizes = features(inputs, n, d), f"N={n}, D={d}"
        x[: n // 2, 0] = 0.0  # a value like any other, not a missing one
        layout = strided if n % 2 else np.asfortranarray
        mean, std = student.at(sizes).fit_standardizer(x=layout(x))
        expect.reference(f"mean for {sizes}", mean)
        expect_spread(expect, f"std for {sizes}", std, n)


@fit.check(points=6)
def no_spread(student, inputs, expect):
    """A constant feature has the spread 0, alone or beside others, and an example is its own mean"""
    x = features(inputs, 5, 4)
    x[:, 1] = 2.75
    for case, examples in (("a constant feature", x), ("one feature, which is constant", x[:, 1:2])):
        mean, std = student.at(case).fit_standardizer(examples)
        expect.reference(f"mean with {case}", mean)
        expect.close(f"std of {case}", std[std.size // 4], 0.0, scale=1.0)
    row = features(inputs, 1, 3)
    mean, _ = student.at("a single row").fit_standardizer(row)
    expect.close("mean of a single row", mean, row[0])


@fit.check(points=6)
def follows_the_data(student, inputs, expect):
    """Moving and stretching the data moves and stretches both, however large or small that makes them"""
    x = features(inputs, 7, 3)
    mean, std = student.fit_standardizer(x)
    expect.reference("mean", mean)
    expect_spread(expect, "std", std, 7)
    for factor, shift in ((-3.0, 2.0), (1e-9, 0.0), (300.0, 0.0)):
        case = f"{factor:g}·x + {shift:g}"
        moved_mean, moved_std = student.at(case).fit_standardizer(factor * x + shift)
        expect.close(f"mean of {case}", moved_mean, factor * mean + shift)
        expect.close(f"std of {case}", moved_std, abs(factor) * std)


# ---- standardize


@standardize.check(points=13)
def test_data(student, inputs, expect):
    """Test data are treated like training data, whatever their own statistics are"""
    for n, d, shift in ((4, 4, 0), (3, 4, 40), (5, 1, -7)):
        case = f"N={n}, D={d}, data shifted by {shift}"
        x, (mean, std) = features(inputs, n, d) + shift, statistics(inputs, d)
        layout = strided if n % 2 else np.asfortranarray
        z = student.at(case).standardize(x=layout(x), mean=mean, std=std)
        expect.reference(f"the result for {case}", z)


@standardize.check(points=7)
def single_row(student, inputs, expect):
    """A single row is standardized like any other"""
    for d in (3, 1):
        mean, std = statistics(inputs, d)
        z = student.at(f"D={d}").standardize(features(inputs, 1, d), mean, std)
        expect.reference(f"the result for one row, D={d}", z)


@standardize.check(points=7)
def hardly_any_spread(student, inputs, expect):
    """A feature whose std is small, but not 0, is scaled like any other"""
    x, (mean, std) = inputs.normal(4, 3), statistics(inputs, 3)
    for tiny in (1e-3, 1e-9, 1e-20):
        unit = np.array([1.0, tiny, 1.0])  # the second feature is small altogether
        z = student.at(f"std around {tiny:g}").standardize(x * unit, mean * unit, std * unit)
        expect.reference(f"the result for std around {tiny:g}", z)


@standardize.check(points=10)
def zero_mean_unit_spread(student, inputs, expect):
    """A training set that is standardized with its own statistics has mean 0 and spread 1"""
    x = features(inputs, 9, 4)
    mean, std = x.mean(axis=0), x.std(axis=0)
    z = student.standardize(x, mean, std)
    expect.close("the mean of each feature", z.mean(axis=0), np.zeros(4), scale=np.max(np.abs(mean / std)) + 1.0)
    expect.close("the spread of each feature", z.std(axis=0), np.ones(4))
    expect.close("the way back to the data", z * std + mean, x)
    other = features(inputs, 5, 4)
    z = student.at("test data").standardize(other, mean, std)
    expect.close("the way back to the test data", z * std + mean, other)
