"""Public checks of penalties and hinge loss: what every student can run and read.

λ, β and the margin are neither 1 nor ½; weights keep away from zero, but for the checks that are about zero; scores
keep their distance from the hinge's kinks.
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


def expect_value_and_gradient(expect, what, penalty, dW):
    """Expect the reference's penalty and gradient."""
    expect.reference(f"penalty{what}", penalty)
    expect.gradient(f"dW{what}", dW)


def add_check_of_single_numbers(function, *settings):
    """Add the check of a penalty of weights of shape (), and return it; `settings` are λ and the like."""

    @function.check(points=1)
    def a_single_number(student, inputs, expect):
        """W may be a single number, of shape ()"""
        expect_value_and_gradient(expect, "", *student.call(function, inputs.apart(), *settings))

    return a_single_number


def add_check_at_zero(function, *settings):
    """Add the check of a gradient where weights are 0, and return it; `settings` are λ and the like."""

    @function.check(points=2)
    def at_zero(student, inputs, expect):
        """In dW, the part of |W| is 0 where a weight is exactly 0"""
        W = inputs.apart(3, 4)
        W[1, 1:] = 0.0
        _, dW = student.call(function, W, *settings)
        expect.gradient("dW", dW)

    return at_zero


# ---- l2, l1


def add_penalty_checks(function, title_of_value, title_of_gradient):
    """Add the public checks of a penalty, and return that of its gradient."""

    @function.check(points=3, title=title_of_value)
    def value_of_a_matrix(student, inputs, expect):
        penalty, _ = student.call(function, inputs.apart(3, 2), 0.7)
        expect.reference("penalty", penalty)

    @function.check(points=3, title=title_of_gradient, needs=[value_of_a_matrix])
    def gradient_of_a_matrix(student, inputs, expect):
        _, dW = student.call(function, inputs.apart(2, 3), 0.3)
        expect.gradient("dW", dW)

    add_check_of_single_numbers(function, 0.4)
    return gradient_of_a_matrix


l2_gradient = add_penalty_checks(
    l2,
    "The penalty is λ times the sum of the squares",
    "dW is the derivative of the penalty, element by element",
)
l1_gradient = add_penalty_checks(
    l1,
    "The penalty is λ times the sum of the absolute values",
    "dW is λ times the sign of each weight",
)
add_check_at_zero(l1, 0.6)


# ---- elastic_net


@elastic_net.check(points=4)
def value_of_a_matrix(student, inputs, expect):
    """The penalty is λ times the sum of β·W² and |W|"""
    penalty, _ = student.elastic_net(inputs.apart(3, 2), 0.7, 2.3)
    expect.reference("penalty", penalty)


elastic_net_single = add_check_of_single_numbers(elastic_net, 0.5, 1.7)
elastic_net_at_zero = add_check_at_zero(elastic_net, 0.8, 2.6)


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
    x, y, W = inputs.normal(5, 3), inputs.labels(5, 4), inputs.apart(3, 4)
    loss, _ = student.regularized_hinge_loss(W, x, y, 0.3)
    expect.reference("loss", loss)
