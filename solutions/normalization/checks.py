"""What is asked of data normalisation, and what must hold of the answers.

N and D differ; features have means and spreads of their own; test data have other statistics than the training set
that they are standardised with; one feature is constant.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import Laid, Suite, equal, holds, returns, same

suite = Suite({"fit_standardizer": returns("mean", "std"), "standardize": returns("z")})


def features(draw, n, d):
    """Examples whose features differ in mean and spread."""
    steps = np.arange(n).reshape(n, 1) * 0.13
    return (draw.normal(n, d) + steps) * draw.positive(d, least=0.5, most=4.0) + draw.normal(d, scale=5.0)


def statistics(draw, d):
    """Means and spreads of some training set."""
    return draw.normal(d, scale=3.0), draw.positive(d, least=0.4, most=3.0)


# ---- fit_standardizer


@suite.public("fit_standardizer", "reference", "The mean of each feature is taken over the examples", points=8)
def mean_of_each_feature(ask, draw):
    mean, _ = ask.fit_standardizer(features(draw, 6, 3))
    yield same("mean", mean)


@suite.public("fit_standardizer", "reference", "The standard deviation of each feature divides by N", points=10)
def spread_of_each_feature(ask, draw):
    _, std = ask.fit_standardizer(features(draw, 5, 3))
    yield same("std", std)


@suite.hidden("fit_standardizer", "reference", "Both are right for other sizes and for very few examples", points=12)
def other_sizes(ask, draw):
    for n, d, layout in ((2, 3, "C"), (3, 3, "F"), (4, 1, "strided"), (9, 5, "F"), (40, 2, "strided")):
        x = features(draw, n, d)
        x[: n // 2, 0] = 0.0  # a value like any other, not a missing one
        mean, std = ask.at(f"N={n}, D={d}").fit_standardizer(x=Laid(x, layout))
        yield same(f"mean for N={n}, D={d}", mean)
        yield same(f"std for N={n}, D={d}", std)


@suite.hidden(
    "fit_standardizer",
    "reference",
    "A constant feature has the spread 0, and so has everything in a single row",
    points=8,
)
def no_spread(ask, draw):
    x = features(draw, 5, 4)
    x[:, 1] = 2.75
    mean, std = ask.at("a constant feature").fit_standardizer(x)
    yield same("mean with a constant feature", mean)
    yield same("std with a constant feature", std)
    row = features(draw, 1, 3)
    mean, std = ask.at("a single row").fit_standardizer(row)
    yield equal("mean of a single row", mean, row[0])
    yield equal("std of a single row", std, np.zeros(3), scale=np.ones(3))


@suite.hidden("fit_standardizer", "property", "Moving and stretching the data moves and stretches both", points=7)
def follows_the_data(ask, draw):
    x = features(draw, 7, 3)
    mean, std = ask.fit_standardizer(x)
    moved_mean, moved_std = ask.at("moved and stretched").fit_standardizer(-3.0 * x + 2.0)
    yield same("mean", mean)
    yield same("std", std)
    yield equal("mean of the moved and stretched data", moved_mean, -3.0 * mean + 2.0)
    yield equal("std of the moved and stretched data", moved_std, 3.0 * std)
    twice_mean, twice_std = ask.at("the same examples twice").fit_standardizer(np.tile(x, (2, 1)))
    yield equal("mean of the same examples twice", twice_mean, mean)
    yield equal("std of the same examples twice", twice_std, std)


# ---- standardize


@suite.public("standardize", "reference", "Each feature is centred and scaled with the given mean and std", points=14)
def uses_what_is_given(ask, draw):
    yield same("the result", ask.standardize(features(draw, 5, 3), *statistics(draw, 3)))


@suite.hidden(
    "standardize", "reference", "Test data are treated like training data, whatever their own statistics are", points=13
)
def test_data(ask, draw):
    mean, std = statistics(draw, 4)
    for n, shift, layout in ((6, 0.0, "F"), (3, 40.0, "strided"), (4, 2.0, "C"), (5, -7.0, "C")):
        x = features(draw, n, 4) + shift
        what = f"N={n}, data shifted by {shift:g}"
        yield same(f"the result for {what}", ask.at(what).standardize(x=Laid(x, layout), mean=mean, std=std))


@suite.hidden("standardize", "reference", "A single row is standardised like any other", points=7)
def single_row(ask, draw):
    for d in (3, 1, 5):
        mean, std = statistics(draw, d)
        z = ask.at(f"D={d}").standardize(features(draw, 1, d), mean, std)
        yield same(f"the result for one row, D={d}", z)


@suite.hidden(
    "standardize",
    "reference",
    "A feature whose std is exactly 0 comes out as 0, also where x is not the mean",
    points=13,
)
def constant_feature(ask, draw):
    for d, constant in ((4, [2]), (3, [0, 2]), (1, [0])):
        x, (mean, std) = features(draw, 6, d), statistics(draw, d)
        std[constant] = 0.0
        x[::2, constant] = mean[constant]
        what = f"{len(constant)} of {d} features constant"
        yield same(f"the result with {what}", ask.at(what).standardize(x, mean, std), scale=np.ones((6, d)))
    z = ask.at("an ordinary feature").standardize(features(draw, 3, 2), *statistics(draw, 2))
    yield holds(np.sum(np.abs(z)) > 1e-3, "The result is zero for features that vary.")


@suite.hidden(
    "standardize",
    "property",
    "A training set that is standardised with its own statistics has mean 0 and spread 1",
    points=8,
)
def zero_mean_unit_spread(ask, draw):
    x = features(draw, 9, 4)
    z = ask.standardize(x, x.mean(axis=0), x.std(axis=0))
    yield equal("the mean of each feature", np.mean(z, axis=0), np.zeros(4), scale=np.ones(4))
    yield equal("the spread of each feature", np.std(z, axis=0), np.ones(4))
    yield equal("the way back to the data", z * x.std(axis=0) + x.mean(axis=0), x)
    other = features(draw, 5, 4)
    again = ask.at("test data").standardize(other, x.mean(axis=0), x.std(axis=0))
    yield equal("the way back to the test data", again * x.std(axis=0) + x.mean(axis=0), other)
