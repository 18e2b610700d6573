"""Public checks of penalties and hinge loss: what every student can run and read.

λ, β and the margin are neither 1 nor ½; weights have exact zeros; scores keep their distance from the hinge's kinks.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise

exercise = Exercise("penalties")
l2 = exercise.function("l2", returns=("penalty", "dW"))
l1 = exercise.function("l1", returns=("penalty", "dW"))
elastic_net = exercise.function("elastic_net", returns=("penalty", "dW"), needs=[l2, l1])
hinge_loss = exercise.function("hinge_loss", returns=("loss", "dscores"))
regularized_hinge_loss = exercise.function(
    "regularized_hinge_loss", returns=("loss", "dW"), needs=[l2, l1, elastic_net, hinge_loss]
)


def weights(inputs, *shape):
    """Return weights away from zero, but for one in three that is exactly zero; the first never is."""
    W = inputs.apart(*shape).reshape(-1)
    W[2::3] = 0.0
    return W.reshape(shape)


# ---- l2, l1


def add_penalty_checks(function, title_of_value, title_of_gradient):
    """Add the public checks of a penalty, and return that of its gradient."""

    @function.check(points=3, title=title_of_value)
    def value_of_a_matrix(student, inputs, expect):
        penalty, _ = student.call(function, weights(inputs, 3, 2), 0.7)
        expect.reference("penalty", penalty)

    @function.check(points=4, title=title_of_gradient, needs=[value_of_a_matrix])
    def gradient_of_a_matrix(student, inputs, expect):
        _, dW = student.call(function, weights(inputs, 2, 3), 0.3)
        expect.gradient("dW", dW)

    return gradient_of_a_matrix


l2_gradient = add_penalty_checks(
    l2,
    "The penalty is λ times the sum of the squares",
    "dW is the derivative of the penalty, element by element",
)
l1_gradient = add_penalty_checks(
    l1,
    "The penalty is λ times the sum of the absolute values",
    "dW is λ times the sign of each weight, and 0 where a weight is 0",
)


# ---- elastic_net


@elastic_net.check(points=4)
def value_of_a_matrix(student, inputs, expect):
    """The penalty is λ times the sum of β·W² and |W|"""
    penalty, _ = student.elastic_net(weights(inputs, 3, 2), 0.7, 2.3)
    expect.reference("penalty", penalty)


# ---- hinge_loss


def scores_and_labels(inputs, n, classes):
    """Return scores that are multiples of 0.4, one wrong class level with the right one, and the right classes."""
    scores, y = np.round(inputs.normal(n, classes, scale=4.0)) * 0.4, inputs.labels(n, classes)
    scores[0, (y[0] + 1) % classes] = scores[0, y[0]]
    return scores, y


@hinge_loss.check(points=5)
def value(student, inputs, expect):
    """The loss sums over the wrong classes and averages over the examples"""
    loss, _ = student.hinge_loss(*scores_and_labels(inputs, 5, 4))
    expect.reference("loss", loss)


@hinge_loss.check(points=6, needs=[value])
def gradient(student, inputs, expect):
    """dscores is the derivative of the loss, in the right class's column too"""
    _, dscores = student.hinge_loss(*scores_and_labels(inputs, 5, 3))
    expect.gradient("dscores", dscores)


# ---- regularized_hinge_loss


@regularized_hinge_loss.check(points=4)
def value_of_the_objective(student, inputs, expect):
    """The loss is the hinge loss of xW plus the penalty, L2 if none is named"""
    x, y, W = inputs.normal(5, 3), inputs.labels(5, 4), weights(inputs, 3, 4)
    loss, _ = student.regularized_hinge_loss(W, x, y, 0.3)
    expect.reference("loss", loss)
