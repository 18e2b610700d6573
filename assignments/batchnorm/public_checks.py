"""Public checks of batch normalization: what every student can run and read.

ε is about as large as the variance where its place matters; N, D and the batch's statistics differ from the running
ones and from one another; upstream gradients are random, never ones.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, handle, mapping

exercise = Exercise("batchnorm")
forward = exercise.function("batchnorm_forward", returns=("y", handle("cache"), mapping("running", "mean", "var")))
backward = exercise.function("batchnorm_backward", returns=("dx", "dgamma", "dbeta"), needs=[forward])
identity = exercise.function("identity_parameters", returns=("gamma", "beta"))

SMALL = 0.03  # a spread beside which the default ε shows
LARGE = 100.0  # and one beside which it does not


def batch(inputs, n, d, *, scale=LARGE):
    """Return a batch whose features have means and spreads of their own.

    A mean is about as large as the spread: no way to compute a variance loses digits that count.
    """
    sides = np.where((np.arange(n).reshape(n, 1) + np.arange(d)) % 2, 1.0, -1.0)
    around = sides * inputs.uniform(n, d, low=0.4, high=1.6) + inputs.apart(d, least=0.4, most=1.2)
    return around * inputs.positive(d) * scale


def layer(inputs, d, *, scale=LARGE):
    """Return scale, shift and running statistics in general position."""
    running = {"mean": inputs.normal(d), "var": inputs.positive(d, least=0.5, most=3.0) * scale**2}
    return inputs.apart(d, least=0.5), inputs.apart(d), running


# ---- forward


@forward.check(points=5)
def normalizes_the_batch(student, inputs, expect):
    """In training, every feature is normalized over the batch, scaled and shifted"""
    y, _, _ = student.batchnorm_forward(batch(inputs, 6, 3), *layer(inputs, 3))
    expect.reference("y", y)


@forward.check(points=5)
def small_spread(student, inputs, expect):
    """ε is added to the variance, inside the root, in training"""
    y, _, _ = student.batchnorm_forward(batch(inputs, 6, 3, scale=SMALL), *layer(inputs, 3))
    expect.reference("y", y)


@forward.check(points=4)
def moves_the_running_mean(student, inputs, expect):
    """In training, the running mean moves toward that of the batch, by the share that momentum says"""
    _, _, running = student.batchnorm_forward(batch(inputs, 5, 3), *layer(inputs, 3), momentum=0.3)
    expect.reference('running["mean"]', running["mean"])


@forward.check(points=5)
def unbiased_running_variance(student, inputs, expect):
    """The variance that enters the running one divides by N-1"""
    _, _, running = student.batchnorm_forward(batch(inputs, 3, 4), *layer(inputs, 4), momentum=0.6)
    expect.reference('running["var"]', running["var"])


@forward.check(points=5)
def evaluates_with_running_statistics(student, inputs, expect):
    """In evaluation, the running statistics are used, and stay as they are"""
    gamma, beta, statistics = layer(inputs, 3)
    y, _, running = student.batchnorm_forward(batch(inputs, 4, 3), gamma, beta, statistics, training=False)
    expect.reference("y", y)
    expect.close('running["mean"]', running["mean"], statistics["mean"])
    expect.close('running["var"]', running["var"], statistics["var"])


# ---- backward


@backward.check(points=8)
def dx_in_training(student, inputs, expect):
    """In training, dx follows x also through the batch's mean and variance"""
    x, dy, parameters = batch(inputs, 5, 3), inputs.normal(5, 3), layer(inputs, 3)
    _, cache, _ = student.batchnorm_forward(x, *parameters)
    dx, _, _ = student.batchnorm_backward(dy, cache)
    expect.gradient("dx", dx)


@backward.check(points=3)
def parameters_in_training(student, inputs, expect):
    """In training, dgamma and dbeta gather the gradients of all examples"""
    x, dy, parameters = batch(inputs, 4, 3), inputs.normal(4, 3), layer(inputs, 3)
    _, cache, _ = student.batchnorm_forward(x, *parameters)
    _, dgamma, dbeta = student.batchnorm_backward(dy, cache)
    expect.gradient("dgamma", dgamma)
    expect.gradient("dbeta", dbeta)


# ---- identity_parameters


@identity.check(points=5)
def undo_the_normalization(student, inputs, expect):
    """These gamma and beta undo the normalization"""
    gamma, beta = student.identity_parameters(inputs.normal(4), inputs.positive(4) * SMALL**2)
    expect.reference("gamma", gamma)
    expect.reference("beta", beta)
