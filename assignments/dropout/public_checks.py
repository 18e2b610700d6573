"""Public checks of dropout: what every student can run and read.

Inverted and vanilla dropout are asked the same: a check is written once and added to both of them. p is never ½ where
it matters. Which elements are dropped is left to chance, so a check looks at what becomes of each element, dropped or
not: the survivors are all multiplied by one number, which is the reference's.
"""

from __future__ import annotations

import functools

import numpy as np

from autograder.authoring import Exercise, handle

exercise = Exercise("dropout")
inverted_forward = exercise.function("dropout_forward", returns=("y", handle("cache")))
inverted_backward = exercise.function("dropout_backward", returns="dx", needs=[inverted_forward])
vanilla_forward = exercise.function("vanilla_dropout_forward", returns=("y", handle("cache")))
vanilla_backward = exercise.function("vanilla_dropout_backward", returns="dx", needs=[vanilla_forward])

FORWARDS = (inverted_forward, vanilla_forward)
BACKWARDS = (inverted_backward, vanilla_backward)


class Dropout:
    """The forward and the backward pass of one form of dropout, as the student wrote them."""

    def __init__(self, student, form):
        self.student, self.form = student, form
        self.forward = getattr(student, FORWARDS[form].name)
        self.backward = getattr(student, BACKWARDS[form].name)

    def at(self, label):
        """Return the same passes for calls with a label, which messages about them show."""
        return type(self)(self.student.at(label), self.form)


class BothForms:
    """A check of both forms: `functions` are the inverted and the vanilla one, `points` and `titles` are in that order.

    It decorates a function that receives `dropout`, a `Dropout`, where other checks receive `student`.
    """

    def __init__(self, functions, points, titles=("", "")):
        self.functions, self.points, self.titles = functions, points, titles

    def __call__(self, body):
        """Add the check to both functions."""
        self.checks = [
            function.check(points=worth, title=title)(self.of_one_form(body, form))
            for form, (function, worth, title) in enumerate(zip(self.functions, self.points, self.titles, strict=True))
        ]
        return self

    def follow_through(self, body):
        """Add what decides the check where the forward pass is wrong (decorator)."""
        for form, check in enumerate(self.checks):
            check.follow_through(self.of_one_form(body, form))

    @staticmethod
    def of_one_form(body, form):
        """Return a function as a check has it."""

        @functools.wraps(body)
        def check(student, inputs, expect):
            body(Dropout(student, form), inputs, expect)

        return check


def values(inputs, *shape):
    """Return numbers that stay away from 0 even where a wrong forward pass cuts their decimals off."""
    return inputs.apart(*shape, least=1.1, most=3.0)


def expect_share_dropped(expect, y, p):
    """Expect that some elements are dropped and some are not, about as many as p says."""
    share = np.mean(y == 0)
    expect.that(p / 3 < share < 1 - (1 - p) / 3, f"For p={p} the share of dropped elements is far from {p}.")


def expect_survivors(expect, what, y, x):
    """Expect what is not 0 to be x multiplied by one number, the reference's."""
    factor = expect.recorded(f"the factor of {what}", np.max(y / x))
    expect.close(what, np.where(y != 0, y, factor * x), factor * x)


def expect_masked(expect, what, after, before, survived):
    """Expect what survived to be multiplied by one number, the reference's, and the rest to be 0."""
    factor = expect.recorded(f"the factor of {what}", np.max(after / before))
    expect.close(what, after, factor * before * survived)


def expect_chance(expect, what, y, other_y):
    """Expect that two forward passes on one x drop some elements each, and not the same ones."""
    dropped, dropped_by_other = y == 0, other_y == 0
    some = all(0.02 < np.mean(each) < 0.98 for each in (dropped, dropped_by_other))
    expect.that(some, f"The forward pass has dropped nothing, or everything{what}.")
    expect.that(np.any(dropped != dropped_by_other), f"Two forward passes have dropped the same elements{what}.")


# ---- forward


@BothForms(
    FORWARDS,
    points=(7, 5),
    titles=(
        "In training, elements are dropped and the survivors scaled by 1/(1-p)",
        "In training, elements are dropped and the survivors stay as they are",
    ),
)
def drops_and_scales(dropout, inputs, expect):
    x, p = inputs.apart(11, 19), 0.3  # of so many, the share that is dropped is never p itself
    y, _ = dropout.forward(x, p, inputs.generator())
    expect_survivors(expect, "y where it is not dropped", y, x)
    expect_share_dropped(expect, y, p)


@BothForms(
    FORWARDS,
    points=(4, 5),
    titles=("In evaluation, x comes back as it is", "In evaluation, everything is scaled by 1-p"),
)
def evaluates(dropout, inputs, expect):
    y, _ = dropout.forward(inputs.normal(4, 3), 0.3, inputs.generator(), training=False)
    expect.reference("y", y)


@BothForms(FORWARDS, points=(2, 2))
def a_single_number(dropout, inputs, expect):
    """x may be a single number, of shape ()"""
    x = inputs.apart()
    y, _ = dropout.at("training").forward(x, 1e-9, inputs.generator())  # it survives, but for once in a billion times
    expect.reference("y in training", y)
    y, _ = dropout.at("evaluation").forward(x, 0.0, inputs.generator(), False)
    expect.reference("y in evaluation", y)


# ---- backward


def passes_in_training(dropout, inputs):
    """Return what a backward pass in training gives, with dy, x, y and the y of another forward pass."""
    x, dy = values(inputs, 9, 11), inputs.apart(9, 11)
    other_y, _ = dropout.at("another pass").forward(x, 0.3, inputs.generator())
    y, cache = dropout.forward(x, 0.3, inputs.generator())
    return dropout.backward(dy, cache), dy, x, y, other_y


@BothForms(BACKWARDS, points=(6, 4))
def follows_the_mask(dropout, inputs, expect):
    """In training, dx is dy where x survived, scaled as x was, and 0 where it was dropped"""
    dx, dy, _, y, other_y = passes_in_training(dropout, inputs)
    expect_chance(expect, "", y, other_y)
    expect_masked(expect, "dx", dx, dy, y != 0)
