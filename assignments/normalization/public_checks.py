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
    """Return examples whose features differ in mean and spread."""
    steps = np.arange(n).reshape(n, 1) * 0.13
    return (inputs.normal(n, d) + steps) * inputs.positive(d, least=0.5, most=4.0) + inputs.normal(d, scale=5.0)


def statistics(inputs, d):
    """Return means and spreads of some training set."""
    return inputs.normal(d, scale=3.0), inputs.positive(d, least=0.4, most=3.0)


# ---- fit_standardizer


@fit.check(points=8)
def mean_of_each_feature(student, inputs, expect):
    """The mean of each feature is taken over the examples"""
    mean, _ = student.fit_standardizer(features(inputs, 6, 3))
    expect.reference("mean", mean)


@fit.check(points=10)
def spread_of_each_feature(student, inputs, expect):
    """The standard deviation of each feature divides by N"""
    _, std = student.fit_standardizer(features(inputs, 5, 3))
    expect.reference("std", std)


# ---- standardize


@standardize.check(points=14)
def uses_what_is_given(student, inputs, expect):
    """Each feature is centered and scaled with the given mean and std"""
    z = student.standardize(features(inputs, 5, 3), *statistics(inputs, 3))
    expect.reference("the result", z)
