"""Hidden checks of dropout, and what decides a backward pass whose own forward pass is wrong.

The exact structure is judged element by element, the choice of what is dropped by its distribution. A backward pass is
right for the student's own forward pass where it multiplies dy by what that one has multiplied x by; it is right as it
is where it keeps what survived and multiplies that as the right forward pass does. Where the student's own forward pass
tells too little of it (it never drops, or raises for p = 1), the backward pass is asked after the other form's, too.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Bernoulli, resembles, strided

from .public_checks import (
    BACKWARDS,
    FORWARDS,
    BothForms,
    Dropout,
    expect_chance,
    expect_masked,
    follows_the_mask,
    passes_in_training,
    values,
)

CALLS = 24  # of so many elements that equal counts in all of them are no chance: below 1e-9
EXTREMES = ((0.0, True), (1.0, True), (0.0, False), (1.0, False))  # p, training


# ---- forward


def expect_multiples(expect, what, y, x, least=0.02):
    """Expect some elements to be dropped, and the others to be multiplied by one number, whatever that is."""
    kept = y != 0
    expect.that(least < np.mean(kept) < 1 - least, f"Nothing is dropped, or everything{what}.")
    along = np.sum(y * x * kept) ** 2 > (1 - 1e-4) * np.sum(y**2) * np.sum((x * kept) ** 2)
    expect.that(along, f"What is not dropped is not a multiple of x{what}.")


@BothForms(FORWARDS, points=(4, 4))
def drops_with_probability_p(dropout, inputs, expect):
    """Every element is dropped with probability p, whatever happens to its neighbors"""
    for p, shape in ((0.35, (140, 130)), (0.82, (14, 10, 13, 10))):
        x, what = inputs.apart(*shape), f"p={p}, shape {shape}"
        y, _ = dropout.at(what).forward(x, p, inputs.generator())
        expect_multiples(expect, f" for {what}", y, x)
        expect.distribution(f"the dropped elements for {what}", (y == 0).reshape(140, 130), Bernoulli(p))


RARE = 0.00045  # of 120,000 elements 54 on average; chance makes fewer than 14 or more than 120 of them below 1e-10


@BothForms(FORWARDS, points=(2, 2))
def rare_events(dropout, inputs, expect):
    """A p of less than a thousandth drops such a share, and 1-p lets such a share survive"""
    x = inputs.apart(200, 600)
    y, _ = dropout.at(f"p={RARE}").forward(x, RARE, inputs.generator())
    expect_multiples(expect, f" for p={RARE}", y, x, least=0.0)
    expect.that(14 <= np.sum(y == 0) <= 120, f"For p={RARE}, {x.size} elements are far from losing 54.")
    y, _ = dropout.at(f"p={1 - RARE}").forward(x, 1 - RARE, inputs.generator())
    expect_multiples(expect, f" for p={1 - RARE}", y, x, least=0.0)
    expect.that(14 <= np.sum(y != 0) <= 120, f"For p={1 - RARE}, of {x.size} elements far from 54 survive.")


@BothForms(FORWARDS, points=(4, 3))
def counts_vary(dropout, inputs, expect):
    """Every element is dropped on its own: how many are dropped varies from call to call"""
    rng, x, p = inputs.generator(), inputs.apart(20, 50), 0.4
    results = [dropout.forward(x, p, rng)[0] for _ in range(CALLS)]
    for number, y in enumerate(results, start=1):
        expect_multiples(expect, f" in call {number}", y, x)
    scatter = np.var([np.sum(y == 0) for y in results])  # about 240
    expect.that(scatter > 0.5, "Every call drops nearly the same number of elements.")
    expect.that(scatter < 50_000, "Some calls drop nearly everything, others nearly nothing.")
    patterns = np.unique([(y == 0).ravel() for y in results], axis=0)
    expect.that(len(patterns) >= CALLS - 1, "The same elements are dropped again and again, call by call.")


@BothForms(FORWARDS, points=(4, 3))
def only_the_generator(dropout, inputs, expect):
    """What is dropped depends on the generator it is given, and on nothing else"""
    rng, x, p = inputs.generator(), inputs.apart(8, 12), 0.45
    again, other = inputs.again(rng), inputs.generator()
    first, second, repeated, elsewhere = (dropout.forward(x, p, each)[0] for each in (rng, rng, again, other))
    expect_multiples(expect, "", first, x)
    expect.close("y for another generator in the same state", repeated, first)
    expect.that(np.any(first != second), "Two calls with one generator drop the same elements.")
    expect.that(np.any(first != elsewhere), "Two generators in different states drop the same elements.")


@BothForms(FORWARDS, points=(3, 2))
def extremes(dropout, inputs, expect):
    """p = 0 drops nothing; p = 1 drops everything in training and is no division by zero"""
    x = inputs.apart(30, 4)
    y, _ = dropout.at("p=0.5").forward(x, 0.5, inputs.generator())
    expect_multiples(expect, " for p=0.5", y, x)
    x = inputs.apart(3, 4)
    for p, training in EXTREMES:
        what = f"p={p:g}, training={training}"
        y, _ = dropout.at(what).forward(x=x, p=p, rng=inputs.generator(), training=training)
        kept = 1.0 if training or p == 0 else expect.recorded(f"the factor for {what}", np.max(y / x))
        expect.close(f"y for {what}", y, np.zeros(x.shape) if training and p == 1 else kept * x, scale=np.abs(x))


@BothForms(FORWARDS, points=(1, 1))
def any_shape(dropout, inputs, expect):
    """x may have any shape and memory layout"""
    p = 0.25
    for shape, size, layout in (
        ((600,), 1.0, strided),
        ((3, 4, 5, 10), 1.0, np.asfortranarray),
        ((600, 1), 200.0, np.asarray),
        ((1, 600), 1.0, np.asarray),
    ):
        rng, x, what = inputs.generator(), layout(size * inputs.apart(*shape)), f"shape {shape}"
        y, _ = dropout.at(what).forward(x, p, rng)
        expect_multiples(expect, f" for {what}", y, x)
        y, _ = dropout.at(what).forward(x, p, rng, False)
        along = np.sum(y * x) ** 2 > (1 - 1e-4) * np.sum(y**2) * np.sum(x**2)
        expect.that(along, f"In evaluation, y is not a multiple of x for {what}.")


@BothForms(FORWARDS, points=(2, 1))
def bad_probabilities_are_refused(dropout, inputs, expect):
    """p outside of [0, 1] is a ValueError, in training and in evaluation"""
    x = inputs.apart(20, 15)
    for training in (True, False):
        for p in (-0.1, 1.2, -0.002, 1.002, -3, 30):
            what = f"p={p} with training={training}"
            with expect.raises(ValueError, what):
                dropout.at(what).forward(x, p, inputs.generator(), training=training)
        dropout.at(f"p=0.4, training={training}").forward(x, 0.4, inputs.generator(), training=training)


# ---- backward


class Borrowed(Dropout):
    """A backward pass with the other form's forward pass, which may be right where its own is wrong.

    Many write both forms with caches of one kind. What comes of others is never held against a function.
    """

    def __init__(self, student, form):
        super().__init__(student, form)
        self.forward = getattr(student, FORWARDS[1 - form].name)


def own_and_borrowed(dropout):
    """Return a backward pass with either forward pass, for calls that may fail."""
    return [made(dropout.student.going_on, dropout.form) for made in (Dropout, Borrowed)]


class Asked:
    """What a backward pass gave after some forward passes, and what is right after each of them."""

    def __init__(self, expect):
        self.usable = expect.usable
        self.found, self.answers = [], []
        self.follows = self.complete = self.decides = True

    def add(self, y, dx, answers, right=None):
        """Add a backward pass; `answers` gives what may be right.

        After a forward pass that gave nothing to go by, what is not usable either is no fault of the backward pass, and
        what is not the `right` gradient is none that is known to be right.
        """
        if not self.usable(y):
            self.complete = False
            answers = list if right is None else lambda: [right]
        if not self.usable(dx):
            self.follows = self.follows and not self.usable(y)
            return
        self.found.append(dx.ravel())
        nearest = [answer.ravel() for answer in answers() if np.allclose(dx, answer, 1e-3, 1e-3)]
        self.answers += nearest[:1]
        self.follows = self.follows and bool(nearest)


def expect_either(expect, what, own, borrowed):
    """Expect what is right after the student's own forward passes.

    These have to tell a right backward pass from one that does next to nothing; else the other form's have to.
    """
    expect.nondegenerate(own.follows and len(own.answers) > 0)
    in_full = [asked.follows and asked.complete and asked.decides for asked in (own, borrowed)]
    expect.nondegenerate(any(in_full))
    expect.follows(what, np.concatenate(own.found), given=[np.concatenate(own.answers)])


def factor_of(expect, dx, dy):
    """Return what survivors are multiplied by."""
    return np.max(dx / dy) if expect.usable(dx) else np.nan


def answers_in_training(dx, dy, x, y, right):
    """Yield what may be right: dy multiplied by what x was, or by the right factor where x survived.

    What survived can be read off y, but for elements that are lost in another way (by a ReLU, say): there the backward
    pass alone knows.
    """
    shows, survived = y != 0, dx != 0
    own = np.where(shows, y / x, np.median((y / x)[shows]) if shows.any() else 0.0)
    yield dy * shows * own
    if np.all(survived[shows]) and survived.mean() < 0.98:
        yield dy * survived * own
        yield right * dy * survived
    elif shows.mean() < 0.98:
        yield right * dy * shows


def tells_of_a_mask(dx, y, other_y):
    """Say whether a forward pass has dropped some elements, and others than another pass.

    What is dropped each time needs no memory.
    """
    shows, survived = y != 0, dx != 0
    kept = np.all(survived[shows]) and survived.mean() < 0.98
    return shows.mean() > 0.02 and np.any(shows != (other_y != 0)) and (kept or 0.3 < shows.mean() < 0.98)


def asked_in_training(expect, dx, dy, x, y, other_y, right):
    """Return what came of a backward pass in training."""
    asked = Asked(expect)
    asked.add(y, dx, lambda: answers_in_training(dx, dy, x, y, right))
    asked.decides = expect.usable(dx, y, other_y) and tells_of_a_mask(dx, y, other_y)
    return asked


def masks_in_training(dropout, inputs, expect):
    """Say whether the student's own dx is 0 in training where x was dropped, which is elsewhere in another pass.

    Then it is more than an echo of dy.
    """
    x, dy = values(inputs, 8, 9), inputs.apart(8, 9)
    (y, cache), (other_y, other_cache) = (dropout.forward(x, 0.4, inputs.generator()) for _ in range(2))
    other_dx, dx = dropout.backward(dy, other_cache), dropout.backward(dy, cache)
    if not expect.usable(y, other_y, other_dx, dx):
        return False
    remembers = all(np.all(gradient[own != 0] != 0) for gradient, own in ((dx, y), (other_dx, other_y)))
    some = all(0.02 < np.mean(each == 0) < 0.98 for each in (dx, other_dx))
    return remembers and some and np.any((dx == 0) != (other_dx == 0))


@follows_the_mask.follow_through
def follows_the_own_mask(dropout, inputs, expect):
    own, borrowed = (passes_in_training(each, inputs) for each in own_and_borrowed(dropout))
    right = expect.recorded("the right factor", factor_of(expect, *own[:2]))
    expect_either(expect, "dx", *(asked_in_training(expect, *each, right) for each in (own, borrowed)))


def pass_in_evaluation(dropout, inputs):
    x, dy = values(inputs, 4, 5), inputs.apart(4, 5)
    y, cache = dropout.forward(x, 0.35, inputs.generator(), training=False)
    return dropout.backward(dy, cache), dy, x, y


@BothForms(BACKWARDS, points=(6, 6))
def in_evaluation(dropout, inputs, expect):
    """In evaluation, dx is dy scaled as x was"""
    dx, _, _, _ = pass_in_evaluation(dropout, inputs)
    expect.gradient("dx", dx)


@in_evaluation.follow_through
def in_own_evaluation(dropout, inputs, expect):
    dx, dy, x, y = pass_in_evaluation(dropout, inputs)
    right = expect.recorded("the right dx", dx)
    expect.nondegenerate(resembles(y, expect.recorded("y", y)))
    remembers, remembers_others = (masks_in_training(each, inputs, expect) for each in own_and_borrowed(dropout))
    expect.nondegenerate(remembers or remembers_others)
    expect.provided_right(np.allclose(y / x, right / dy))
    expect.follows("dx", dx, given=[dy * y / x, right])


def pass_with_zeros(dropout, inputs):
    """Return dx, dy, x, y and another y of a pass where every second column of x is 0."""
    x, dy = values(inputs, 40, 50), inputs.apart(40, 50)
    x[:, 1::2] = 0.0
    dy[0] *= 1e-4
    other_y, _ = dropout.at("another pass").forward(x, 0.4, inputs.generator())
    y, cache = dropout.forward(x, 0.4, inputs.generator())
    return dropout.backward(dy, cache), dy, x, y, other_y


@BothForms(BACKWARDS, points=(2, 2))
def zeros_survive(dropout, inputs, expect):
    """An element of x that is 0 may survive, and then its gradient does"""
    one_pass = pass_with_zeros(dropout, inputs)
    dx, dy, _, y, other_y = (each[:, ::2] for each in one_pass)
    dx_of_zeros, dy_of_zeros = (each[:, 1::2] for each in one_pass[:2])
    expect_chance(expect, "", y, other_y)
    expect_masked(expect, "dx where x is not 0", dx, dy, y != 0)
    small = 1e4 * dy[0] * (y[0] != 0) * factor_of(expect, dx, dy)
    expect.close("small elements of dx", 1e4 * dx[0], small)
    survived = dx_of_zeros != 0
    expect_masked(expect, "dx where x is 0 and survived", dx_of_zeros, dy_of_zeros, survived)
    sentence = "Where x is 0, dx is always 0 or never: what was dropped can't be read off y; remember it."
    expect.that(0.02 < np.mean(survived) < 0.98, sentence)


def asked_with_zeros(expect, one_pass, right):
    """Return what came of a backward pass where every second column of x is 0."""
    asked = Asked(expect)
    asked.follows = expect.usable(*one_pass)
    if not asked.follows:
        return asked
    enlarged = np.ones(one_pass[1].shape)
    enlarged[0] = 1e4  # as small as they are, these elements would hardly show
    dx, dy, x, y, other_y = one_pass
    dx, dy = dx * enlarged, dy * enlarged
    asked = asked_in_training(expect, *(each[:, ::2] for each in (dx, dy, x, y, other_y)), right)
    survived, others = dx[:, 1::2] != 0, dx[:, ::2] != 0
    factor = np.median((dx / dy)[:, ::2][others]) if others.any() else 0.0
    asked.add(y, dx[:, 1::2], lambda: [dy[:, 1::2] * survived * factor])
    asked.decides = asked.decides and 0.02 < np.mean(survived) < 0.98
    asked.follows = asked.follows and abs(np.mean(survived) - np.mean(others)) < 0.2
    return asked


@zeros_survive.follow_through
def zeros_survive_the_own_forward_pass(dropout, inputs, expect):
    own, borrowed = (pass_with_zeros(each, inputs) for each in own_and_borrowed(dropout))
    right = expect.recorded("the right factor", factor_of(expect, *own[:2]))
    expect_either(expect, "dx", *(asked_with_zeros(expect, each, right) for each in (own, borrowed)))


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
    asked, right = [], {}
    for each in own_and_borrowed(dropout):
        x, dy, passes = extreme_passes(each, inputs)
        gradients = {what: each.at(what).backward(dy, cache) for what, _, cache in passes}
        for what, dx in gradients.items():
            if not asked:
                right[what] = expect.recorded(f"the right factor for {what}", factor_of(expect, dx, dy))
        asked.append(asked_everywhere(expect, x, dy, [(y, gradients[what], right[what]) for what, y, _ in passes]))
        asked[-1].decides = masks_in_training(each, inputs, expect)
    expect_either(expect, "dx of all passes", *asked)


def asked_everywhere(expect, x, dy, passes):
    """Return what came of backward passes that multiply all of dy by one factor: that of x, or the right one."""
    asked = Asked(expect)
    for y, dx, right in passes:
        asked.add(y, dx, lambda y=y, right=right: [right * dy, dy * y / x], right=right * dy)
    return asked


# Shape, p, training; layers 2 and 3 may be taken for one another.
LAYERS = (
    ((90, 1), 0.55, True),
    ((4, 5, 6), 0.55, True),
    ((4, 5, 6), 0.3, True),
    ((4, 5, 6), 0.4, False),
    ((1, 60), 0.4, True),
)


def interleaved_passes(dropout, inputs):
    """Yield a label, the mode, and dx, dy, x and y of several passes, in another order than they began."""
    rng, passes = inputs.generator(), []
    for shape, p, training in LAYERS:
        x = values(inputs, *shape)
        passes.append((x, *dropout.forward(strided(x), p, rng, training)))
    for number in (1, 3, 2, 0, 4):
        (x, y, cache), (_, _, training) = passes[number], LAYERS[number]
        dy = inputs.apart(*x.shape) * (200.0 if len(x) == 1 else 1.0)
        dx = dropout.backward(dy=np.asfortranarray(dy), cache=cache)
        yield f"dx of layer {number + 1}", training, (dx, dy, x, y)


def have_masks_of_their_own(passes):
    """Say whether two layers of one shape drop different elements: a mask that never changes needs no memory."""
    first, _, second, *_ = (each[-1][-1] for each in passes)
    return np.any((first != 0) != (second != 0))


@BothForms(BACKWARDS, points=(5, 3))
def two_layers(dropout, inputs, expect):
    """Each backward pass belongs to its own forward pass, for any shape of x, whatever comes between them"""
    passes = list(interleaved_passes(dropout, inputs))
    expect.that(have_masks_of_their_own(passes), "Two layers of one shape have dropped the same elements.")
    for what, training, (dx, dy, _, y) in passes:
        if training:
            expect.that(0.02 < np.mean(y == 0) < 0.98, f"The forward pass has dropped nothing, or everything: {what}.")
            expect_masked(expect, what, dx, dy, y != 0)
        else:
            expect.gradient(what, dx)


@two_layers.follow_through
def two_own_layers(dropout, inputs, expect):
    own, borrowed = (list(interleaved_passes(each, inputs)) for each in own_and_borrowed(dropout))
    right = {
        what: expect.recorded(f"the right factor of {what}", factor_of(expect, dx, dy)) for what, _, (dx, dy, *_) in own
    }
    expect_either(expect, "dx of all layers", *(asked_in_layers(expect, each, right) for each in (own, borrowed)))


def asked_in_layers(expect, passes, right):
    """Return what came of interleaved passes."""
    asked = Asked(expect)
    for what, training, (dx, dy, x, y) in passes:
        one = asked_everywhere(expect, x, dy, [(y, dx, right[what])])
        if training:
            one = asked_in_training(expect, dx, dy, x, y, np.zeros(x.shape), right[what])
        asked.found += one.found
        asked.answers += one.answers
        asked.follows, asked.complete = asked.follows and one.follows, asked.complete and one.complete
        asked.decides = asked.decides and one.decides
    usable = expect.usable(*(each[-1][-1] for each in passes))
    asked.decides = asked.decides and usable and have_masks_of_their_own(passes)
    return asked
