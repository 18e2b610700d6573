"""Public checks of the learned optimizer: what every student can run and read.

The numbers of rows, inputs and hidden units differ; both biases are random; no gate is saturated; gradients are of very
different sizes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from autograder.authoring import Exercise, handle

exercise = Exercise("learned_optimizer")
cell = exercise.function("lstm_cell", returns=("h_next", "c_next"))
preprocessing = exercise.function("preprocess_gradient", returns="features")
learned_step = exercise.function("learned_step", returns=("x_next", handle("state_next")), needs=[cell, preprocessing])


class Step(NamedTuple):
    """One step that was taken: what its result is called, what it was asked for, and what it gave."""

    what: str
    x: np.ndarray
    grad: np.ndarray
    weights: dict[str, np.ndarray]
    x_next: np.ndarray


def cell_weights(inputs, columns, hidden):
    """Return the weights of a cell for inputs of some columns, none of whose gates is saturated."""
    return {
        "W_ih": inputs.apart(4 * hidden, columns, most=0.8),
        "W_hh": inputs.apart(4 * hidden, hidden, most=0.8),
        "b_ih": inputs.apart(4 * hidden, most=0.7),
        "b_hh": inputs.apart(4 * hidden, most=0.7),
    }


def step_weights(inputs, hidden):
    """Return the weights of a cell for two features, and of the layer on top."""
    return cell_weights(inputs, 2, hidden) | {"W_out": inputs.apart(hidden, 1), "b_out": inputs.apart(1)}


def run_cell(student, inputs, k, columns, hidden, layout=np.asarray):
    """Take one step of the cell from random states."""
    z, h, c = inputs.normal(k, columns), inputs.apart(k, hidden, most=0.9), inputs.apart(k, hidden)
    weights = cell_weights(inputs, columns, hidden)
    return student.lstm_cell(z=layout(z), h=layout(h), c=layout(c), weights=weights)


def expect_features(expect, features, what):
    """Expect both features of every gradient."""
    expect.reference(f"the logarithm or -1 ({what})", features[:, 0])
    expect.reference(f"the sign or the scaled gradient ({what})", features[:, 1])


def walk(student, inputs, k, hidden, steps, *, prefix="", **options):
    """Take steps along gradients of every size, each from where the last one led; yield them."""
    x, weights, state = inputs.normal(k), step_weights(inputs, hidden), {}
    for number in range(1, steps + 1):
        grad = inputs.apart(k) * 10.0 ** (-2 * ((np.arange(k) + number) % 4))
        what = f"{prefix}step {number}"
        x_next, state = student.at(what).learned_step(x, grad, state, weights, **options)
        yield Step(f"x after {what}", x, grad, weights, x_next)
        x = x_next


# ---- lstm_cell


@cell.check(points=7)
def cell_state(student, inputs, expect):
    """The cell state keeps what the forget gate lets through, and gains what the input gate does"""
    _, c_next = run_cell(student, inputs, 3, 2, 4)
    expect.reference("c_next", c_next)


@cell.check(points=6)
def hidden_state(student, inputs, expect):
    """The hidden state is what the output gate shows of the new cell state"""
    h_next, _ = run_cell(student, inputs, 2, 3, 5)
    expect.reference("h_next", h_next)


# ---- preprocess_gradient


@preprocessing.check(points=6)
def large_gradients(student, inputs, expect):
    """Large gradients become their logarithm and their sign"""
    grad = inputs.apart(5) * np.array([1.0, 30.0, 0.01, 1.0, 500.0])
    expect_features(expect, student.preprocess_gradient(grad), "large gradients")


@preprocessing.check(points=5)
def small_gradients(student, inputs, expect):
    """Small gradients become -1 and a multiple of themselves"""
    expect_features(expect, student.preprocess_gradient(inputs.apart(4) * 1e-5), "small gradients")


# ---- learned_step


@learned_step.check(points=8)
def one_step(student, inputs, expect):
    """A step adds what the network says about the gradient"""
    for step in walk(student, inputs, 4, 3, 1, scale=0.3):
        expect.reference(step.what, step.x_next)
