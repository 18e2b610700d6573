"""Public checks of the capstone: what every student can run and read.

On full batches training is deterministic, and compared step by step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.authoring import Exercise, Limits, mapping, numerical_gradient, resembles, strided

NAMES = ("W1", "b1", "W2", "b2")
HISTORY = ("train_loss", "val_loss", "val_accuracy")

exercise = Exercise("training", Limits(cpu_seconds=20.0, wall_seconds=120.0, total_cpu_seconds=300))
loss_and_gradients = exercise.function("loss_and_gradients", returns=("loss", mapping("grads", *NAMES)))
predict = exercise.function("predict", returns="classes")
train = exercise.function(
    "train",
    returns=(mapping("best_params", *NAMES), mapping("history", *HISTORY)),
    needs=[loss_and_gradients, predict],
)
distinct_units = exercise.function("distinct_units", returns="count")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Where training starts, and the data."""

    params: dict
    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray

    def arguments(self, generator):
        """Return what `train` is called with, up to its generator."""
        return self.params, np.asfortranarray(self.x), self.y, strided(self.x_val), self.y_val, generator


def network(inputs, d, h, c):
    """Return parameters in general position."""
    return {
        "W1": inputs.apart(d, h, most=1.0),
        "b1": inputs.apart(h, least=0.1, most=0.6),
        "W2": inputs.apart(h, c, most=1.0),
        "b2": inputs.apart(c, least=0.1, most=0.6),
    }


def network_and_examples(inputs, n, d, h, c):
    """Return parameters, and examples whose classes have nothing to do with them."""
    return network(inputs, d, h, c), np.asfortranarray(inputs.normal(n, d)), inputs.labels(n, c)


def training_problem(inputs, n, d, h, c, n_val):
    """Return a problem in which the classes have something to do with the examples."""
    y, y_val = inputs.labels(n, c), inputs.labels(n_val, c)
    centers = inputs.normal(c, d)
    x, x_val = inputs.normal(n, d) + centers[y], inputs.normal(n_val, d) + centers[y_val]
    return Problem(params=network(inputs, d, h, c), x=x, y=y, x_val=x_val, y_val=y_val)


# ---- loss_and_gradients


@loss_and_gradients.check(points=5)
def loss(student, inputs, expect):
    """The loss is the hinge loss of the scores plus λ times the squared weights"""
    params, x, y = network_and_examples(inputs, 5, 3, 4, 3)
    loss, _ = student.loss_and_gradients(params, x, y, 0.3)
    expect.reference("loss", loss)


def loss_and_gradients_problem(inputs):
    """Return what `loss_and_gradients` is called with for its gradients."""
    return *network_and_examples(inputs, 4, 3, 5, 3), 0.2


@loss_and_gradients.check(points=6, needs=[loss])
def gradients(student, inputs, expect):
    """The gradients are the derivatives of the loss"""
    _, grads = student.loss_and_gradients(*loss_and_gradients_problem(inputs))
    for name in NAMES:
        expect.gradient(f'grads["{name}"]', grads[name])


@gradients.follow_through
def gradients_of_the_own_loss(student, inputs, expect):
    """A loss with a wrong factor or term has gradients that run broadly along the right ones."""
    params, *others = loss_and_gradients_problem(inputs)
    _, grads = student.loss_and_gradients(params, *others)
    for name in NAMES:

        def own_loss(value, name=name):
            return student.loss_and_gradients(params | {name: value}, *others)[0]

        slopes = numerical_gradient(own_loss, at=params[name])
        right = expect.recorded(f"the right gradient in {name}", grads[name])
        if not np.any(np.abs(right) > 1e-9):
            continue  # as many examples pull a bias up as down: nothing is left to get right
        expect.nondegenerate(resembles(slopes, right, cosine=0.8))
        expect.follows(f'grads["{name}"]', grads[name], given=[right], repeats=[slopes])


@loss_and_gradients.check(points=4)
def kink_of_relu(student, inputs, expect):
    """Where a hidden unit is exactly 0, the derivative of ReLU is taken to be 0"""
    for number in range(3):
        params, x, y = network_and_examples(inputs, 20, 3, 4, 3)  # so many that some pull at W1, whatever is drawn
        params["W1"][:, number], params["b1"][number] = 0.0, 0.0
        what = f"unit {number} is exactly 0"
        _, grads = student.at(what).loss_and_gradients(params, x, y, 0.0)
        related = resembles(grads["W1"], expect.recorded(f"the right gradient in W1: {what}", grads["W1"]))
        sentence = f"The gradient of W1 has little to do with the loss: {what}."
        expect.that(related or np.any(grads["W1"][:, number]), sentence)
        expect.close(f'grads["W1"] where {what}', grads["W1"][:, number], np.zeros(3), scale=1.0)
        expect.close(f'grads["b1"] where {what}', grads["b1"][number], 0.0, scale=1.0)


# ---- predict


@predict.check(points=4)
def largest_score(student, inputs, expect):
    """The class is where the largest score is"""
    problem = training_problem(inputs, 8, 3, 5, 4, 9)
    expect.reference("the classes", student.predict(problem.params, problem.x_val))


@predict.check(points=2)
def ties(student, inputs, expect):
    """Of equal scores the lowest class wins"""
    problem = training_problem(inputs, 8, 3, 5, 4, 9)
    expect.reference("the classes without ties", student.predict(problem.params, problem.x_val))
    alike = problem.params | {"W2": np.zeros((5, 4)), "b2": np.array([0.25, 1.5, -1.0, 1.5])}
    expect.reference("the classes where two scores are the largest", student.at("ties").predict(alike, problem.x_val))


# ---- train

FULL_BATCHES = {"lr": 0.12, "rho": 0.8, "lam": 0.05, "batch_size": 50, "epochs": 5}


def full_batches_problem(inputs):
    """Return a problem for training on full batches."""
    return training_problem(inputs, 7, 3, 4, 3, 3)


def expect_run(expect, what, trained, *, history=HISTORY, params=NAMES):
    """Expect what `train` returns, `history` and `params` being what is looked at."""
    best, entries = trained
    for name in history:
        expect.reference(f'history["{name}"] ({what})', entries[name])
    for name in params:
        expect.reference(f'best_params["{name}"] ({what})', best[name])


@train.check(points=10)
def goes_step_by_step(student, inputs, expect):
    """On full batches it goes PyTorch's way, step by step"""
    problem = full_batches_problem(inputs)
    expect_run(expect, "full batches", student.train(*problem.arguments(inputs.generator()), **FULL_BATCHES))


# ---- distinct_units


def units(inputs, d, pattern):
    """Return columns by number: equal numbers stand for the same column; entries are multiples of 1/8."""
    return np.round(inputs.apart(d, max(pattern) + 1, most=3.0) * 8)[:, list(pattern)] / 8


@distinct_units.check(points=4)
def counts_columns(student, inputs, expect):
    """Equal columns count once"""
    few, many = (inputs.labels(24, least + inputs.below(10)).tolist() for least in (3, 13))
    patterns = {"24 columns": few, "24 other columns": many, "4 columns": (0, 0, 0, 0), "3 columns": (0, 1, 2)}
    for what, pattern in patterns.items():
        expect.reference(f"the count of {what}", student.at(what).distinct_units(units(inputs, 4, pattern)))
