"""Hidden checks of dropout, and what decides a backward pass whose own forward pass is wrong.

The exact structure is judged element by element, the choice of what is dropped by its distribution. A backward pass is
right for the student's own forward pass where it multiplies dy by what that one has multiplied x by.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Bernoulli, resembles, strided

from .public_checks import (
    BACKWARDS,
    FORWARDS,
    BothForms,
    expect_masked,
    expect_share_dropped,
    expect_survivors,
    follows_the_mask,
    values,
)

CALLS = 8  # of so many elements that equal counts in all of them are no chance: below 1e-9
EXTREMES = ((0.0, True), (1.0, True), (0.0, False), (1.0, False))  # p, training


# ---- forward


def expect_multiples(expect, y, x):
    """Expect what is not dropped to be a multiple of x, whatever the factor."""
    kept = x * (y != 0)
    along = np.sum(y * kept) ** 2 > 0.98 * np.sum(y**2) * np.sum(kept**2)
    expect.that(along, "What is not dropped is not a multiple of x.")


@BothForms(FORWARDS, points=(7, 6))
def drops_with_probability_p(dropout, inputs, expect):
    """Every element is dropped with probability p, whatever happens to its neighbors"""
    for p, shape in ((0.35, (140, 130)), (0.82, (14, 10, 13, 10))):
        x, what = inputs.apart(*shape), f"p={p}, shape {shape}"
        y, _ = dropout.at(what).forward(x, p, inputs.generator())
        expect_survivors(expect, f"y where it is not dropped for {what}", y, x)
        expect.distribution(f"the dropped elements for {what}", (y == 0).reshape(140, 130), Bernoulli(p))


@BothForms(FORWARDS, points=(4, 3))
def counts_vary(dropout, inputs, expect):
    """Every element is dropped on its own: how many are dropped varies from call to call"""
    rng, x, p = inputs.generator(), inputs.apart(40, 50), 0.4
    results = [dropout.forward(x, p, rng)[0] for _ in range(CALLS)]
    expect_multiples(expect, results[0], x)
    scatter = np.var([np.sum(y == 0) for y in results])  # about 480
    expect.that(scatter > 0.5, "Every call drops nearly the same number of elements.")
    expect.that(scatter < 100_000, "Some calls drop nearly everything, others nearly nothing.")


@BothForms(FORWARDS, points=(3, 2))
def only_the_generator(dropout, inputs, expect):
    """What is dropped depends on the generator it is given, and on nothing else"""
    rng, x, p = inputs.generator(), inputs.apart(8, 12), 0.45
    again, other = inputs.again(rng), inputs.generator()
    first, second, repeated, elsewhere = (dropout.forward(x, p, each)[0] for each in (rng, rng, again, other))
    expect_share_dropped(expect, first, p)
    expect_multiples(expect, first, x)
    expect.close("y for another generator in the same state", repeated, first)
    expect.that(np.any(first != second), "Two calls with one generator drop the same elements.")
    expect.that(np.any(first != elsewhere), "Two generators in different states drop the same elements.")


@BothForms(FORWARDS, points=(3, 3))
def extremes(dropout, inputs, expect):
    """p = 0 drops nothing; p = 1 drops everything in training and is no division by zero"""
    x = inputs.apart(30, 4)
    y, _ = dropout.at("p=0.5").forward(x, 0.5, inputs.generator())
    expect_share_dropped(expect, y, 0.5)
    expect_multiples(expect, y, x)
    x = inputs.apart(3, 4)
    for p, training in EXTREMES:
        what = f"p={p:g}, training={training}"
        y, _ = dropout.at(what).forward(x=x, p=p, rng=inputs.generator(), training=training)
        expect.reference(f"y for {what}", y)


@BothForms(FORWARDS, points=(2, 2))
def any_shape(dropout, inputs, expect):
    """x may have any shape and memory layout"""
    p = 0.25
    for shape, layout in (
        ((600,), strided),
        ((3, 4, 5, 10), np.asfortranarray),
        ((25, 24), np.asfortranarray),
        ((1, 600), np.asarray),
    ):
        rng, x, what = inputs.generator(), layout(inputs.apart(*shape)), f"shape {shape}"
        y, _ = dropout.at(what).forward(x, p, rng)
        expect_survivors(expect, f"y where it is not dropped for {what}", y, x)
        expect.that(p / 3 < np.mean(y == 0) < 1 - (1 - p) / 3, f"Far from a quarter is dropped for {what}.")
        y, _ = dropout.at(what).forward(x, p, rng, False)
        expect.reference(f"y in evaluation for {what}", y)
    rng, x = inputs.generator(), inputs.apart()
    y, _ = dropout.at("shape ()").forward(x, 1e-9, rng)  # it survives, but for once in a billion times
    expect.reference("y for shape ()", y)
    y, _ = dropout.at("shape ()").forward(x, p, rng, False)
    expect.reference("y in evaluation for shape ()", y)


@BothForms(FORWARDS, points=(3, 2))
def bad_probabilities_are_refused(dropout, inputs, expect):
    """p outside of [0, 1] is a ValueError, in training and in evaluation"""
    x = inputs.apart(20, 15)
    y, _ = dropout.forward(x, 0.4, inputs.generator())
    expect_survivors(expect, "y where it is not dropped", y, x)
    expect_share_dropped(expect, y, 0.4)
    for p, training in ((-0.1, True), (1.2, True), (-0.1, False), (1.2, False)):
        with expect.raises(ValueError, f"p={p} with training={training}"):
            dropout.forward(x, p, inputs.generator(), training=training)


# ---- backward


def drops(y, x):
    """Say whether the student's own y, right or wrong, is x with some elements dropped and others not."""
    share, kept = np.mean(y == 0), x * (y != 0)
    return 0.02 < share < 0.98 and np.sum(kept * y) ** 2 > 0.1 * np.sum(kept**2) * np.sum(y**2)


def expect_own_mask(dropout, inputs, expect, what, p, one_pass):
    """Expect dy to be multiplied by what the student's own forward pass has multiplied x by, where that drops some.

    It has to drop others in another pass: what is dropped each time needs no memory.
    """
    dx, dy, x, y = one_pass
    other_y, cache = dropout.forward(x, p, inputs.generator())
    other_dx = dropout.backward(dy, cache)
    expect.nondegenerate(drops(y, x) and np.any((y == 0) != (other_y == 0)))
    expect.follows(what, dx, given=[dy * y / x])
    expect.follows(f"{what}, in another pass", other_dx, given=[dy * other_y / x])


def masks_in_training(dropout, inputs):
    """Say whether the student's own dx is 0 in training where its y is, which is elsewhere in another pass.

    Then it is more than an echo of dy.
    """
    x, dy = values(inputs, 8, 9), inputs.apart(8, 9)
    (y, cache), (other_y, other_cache) = (dropout.forward(x, 0.4, inputs.generator()) for _ in range(2))
    other_dx, dx = dropout.backward(dy, other_cache), dropout.backward(dy, cache)
    follow = np.all((dx == 0) == (y == 0)) and np.all((other_dx == 0) == (other_y == 0))
    return drops(y, x) and follow and np.any((y == 0) != (other_y == 0))


@follows_the_mask.follow_through
def follows_the_own_mask(dropout, inputs, expect):
    x, dy = values(inputs, 9, 11), inputs.apart(9, 11)
    y, cache = dropout.forward(x, 0.3, inputs.generator())
    expect_own_mask(dropout, inputs, expect, "dx", 0.3, (dropout.backward(dy, cache), dy, x, y))


def pass_in_evaluation(dropout, inputs):
    x, dy = values(inputs, 4, 5), inputs.apart(4, 5)
    y, cache = dropout.forward(x, 0.35, inputs.generator(), training=False)
    return dropout.backward(dy, cache), dy, x, y


@BothForms(BACKWARDS, points=(5, 5))
def in_evaluation(dropout, inputs, expect):
    """In evaluation, dx is dy scaled as x was"""
    dx, _, _, _ = pass_in_evaluation(dropout, inputs)
    expect.gradient("dx", dx)


@in_evaluation.follow_through
def in_own_evaluation(dropout, inputs, expect):
    dx, dy, x, y = pass_in_evaluation(dropout, inputs)
    expect.nondegenerate(resembles(y, expect.recorded("y", y)) and masks_in_training(dropout, inputs))
    expect.follows("dx", dx, given=[dy * y / x])


def pass_with_zeros(dropout, inputs):
    """Return dx, dy, x and y of a pass where every second column of x is 0: of the other columns, and of these."""
    x, dy = values(inputs, 40, 50), inputs.apart(40, 50)
    x[:, 1::2] = 0.0
    y, cache = dropout.forward(x, 0.4, inputs.generator())
    dx = dropout.backward(dy, cache)
    return [[each[:, start::2] for each in (dx, dy, x, y)] for start in (0, 1)]


@BothForms(BACKWARDS, points=(4, 3))
def zeros_survive(dropout, inputs, expect):
    """An element of x that is 0 may survive, and then its gradient does"""
    (dx, dy, _, y), (dx_of_zeros, dy_of_zeros, _, _) = pass_with_zeros(dropout, inputs)
    expect.that(0.02 < np.mean(y == 0) < 0.98, "The forward pass has dropped nothing, or everything.")
    expect_masked(expect, "dx where x is not 0", dx, dy, y != 0)
    survived = dx_of_zeros != 0
    expect_masked(expect, "dx where x is 0 and survived", dx_of_zeros, dy_of_zeros, survived)
    sentence = "Where x is 0, dx is always 0 or never: what was dropped can't be read off y; remember it."
    expect.that(0.02 < np.mean(survived) < 0.98, sentence)


@zeros_survive.follow_through
def zeros_survive_the_own_forward_pass(dropout, inputs, expect):
    (dx, dy, x, y), (dx_of_zeros, dy_of_zeros, _, _) = pass_with_zeros(dropout, inputs)
    expect_own_mask(dropout, inputs, expect, "dx where x is not 0", 0.4, (dx, dy, x, y))
    survived, factor = dx_of_zeros != 0, np.sum(np.abs(y)) / np.sum(np.abs(x) * (y != 0))
    share = np.mean(survived)
    expect.that(0.02 < share < 0.98 or abs(share - np.mean(y != 0)) < 0.02, "Where x is 0, dx is always 0 or never.")
    expect.follows("dx where x is 0", dx_of_zeros, given=[dy_of_zeros * survived * factor])


def extreme_passes(dropout, inputs):
    """Return x and dy, and a label, y and the cache of four forward passes."""
    x, dy = values(inputs, 3, 4), inputs.apart(3, 4)
    passes = []
    for p, training in EXTREMES:
        what = f"p={p:g}, training={training}"
        passes.append((what, *dropout.at(what).forward(x, p, inputs.generator(), training)))
    return x, dy, passes


@BothForms(BACKWARDS, points=(3, 2))
def extremes(dropout, inputs, expect):  # noqa: F811  # the one above is a check of the forward passes
    """The gradient is right for p = 0 and p = 1, too"""
    _, dy, passes = extreme_passes(dropout, inputs)
    for what, _, cache in passes:
        expect.gradient(f"dx for {what}", dropout.at(what).backward(dy, cache), scale=np.abs(dy))


@extremes.follow_through
def extremes_of_the_own_forward_pass(dropout, inputs, expect):
    x, dy, passes = extreme_passes(dropout, inputs)
    factors = np.stack([y for _, y, _ in passes]) / x
    dx = np.stack([dropout.at(what).backward(dy, cache) for what, _, cache in passes])
    expect.nondegenerate(masks_in_training(dropout, inputs))
    expect.follows("dx of all four passes", dx, given=[dy * factors])


def two_passes(dropout, inputs):
    """Yield dx, dy, x and y of two passes, each behind its label; the backward passes come in the other order."""
    rng, both = inputs.generator(), [values(inputs, 90), values(inputs, 4, 5, 6)]
    passes = [dropout.forward(strided(x), 0.55, rng) for x in both]
    for number in (1, 0):
        x, (y, cache) = both[number], passes[number]
        dy = inputs.apart(*x.shape)
        yield f"dx of layer {number + 1}", dropout.backward(dy=np.asfortranarray(dy), cache=cache), dy, x, y


@BothForms(BACKWARDS, points=(2, 2))
def two_layers(dropout, inputs, expect):
    """Each backward pass belongs to its own forward pass, for any shape of x"""
    for what, dx, dy, _, y in two_passes(dropout, inputs):
        expect.that(0.02 < np.mean(y == 0) < 0.98, f"The forward pass has dropped nothing, or everything: {what}.")
        expect_masked(expect, what, dx, dy, y != 0)


@two_layers.follow_through
def two_own_layers(dropout, inputs, expect):
    for what, *one_pass in two_passes(dropout, inputs):
        expect_own_mask(dropout, inputs, expect, what, 0.55, one_pass)
