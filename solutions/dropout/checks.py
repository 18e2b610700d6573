"""What is asked of dropout, and what must hold of the answers.

p is never ½ where it matters. Which elements are dropped is the student's choice: the exact structure is judged element
by element, the choice by its distribution. A backward pass is judged on the elements that its own forward pass dropped,
and earns its points also where it follows a forward pass that is wrong itself.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import (
    Bernoulli,
    Laid,
    Suite,
    all_resemble,
    carried,
    equal,
    follows,
    holds,
    opaque,
    provided,
    provided_alike,
    refuses,
    returns,
)

FORWARD, BACKWARD = returns("y", opaque("cache")), returns("dx")
suite = Suite(
    {
        "dropout_forward": FORWARD,
        "dropout_backward": BACKWARD,
        "vanilla_dropout_forward": FORWARD,
        "vanilla_dropout_backward": BACKWARD,
    }
)

FORWARDS = {"dropout_backward": "dropout_forward", "vanilla_dropout_backward": "vanilla_dropout_forward"}


def factor(name, p, *, training):
    """What survivors are multiplied by in training, or everything in evaluation."""
    if name.startswith("vanilla"):
        return 1.0 if training else 1 - p
    return 1 / (1 - p) if training else 1.0


# ---- forward


def survivors(y, x, scale):
    """The claim that every element is either dropped or scaled."""
    return equal("y where it is not dropped", np.where(y != 0, y, scale * x), scale * x)


def dropped_and_kept(y, p):
    """The claim that some elements are dropped and some are not, about as many as p says."""
    share = np.mean(np.equal(y, 0))
    return holds(
        np.logical_and(share > p / 3, share < 1 - (1 - p) / 3),
        f"For p={p} the share of dropped elements is far from {p}.",
    )


def follows_x(y, x):
    """The claim that what is not dropped is a multiple of x, whatever the factor."""
    kept = x * np.where(y != 0, 1.0, 0.0)
    along = np.sum(y * kept) ** 2 > 0.98 * np.sum(y**2) * np.sum(kept**2)
    return holds(along, "What is not dropped is not a multiple of x.")


def add_drops_and_scales(name, points, title):
    @suite.public(name, "property", title, points=points)
    def drops_and_scales(ask, draw):
        x, p = draw.apart(12, 20), 0.3
        y, _ = getattr(ask, name)(x, p, draw.generator())
        yield survivors(y, x, factor(name, p, training=True))
        yield dropped_and_kept(y, p)


def add_evaluates(name, points, title):
    @suite.public(name, "reference", title, points=points)
    def evaluates(ask, draw):
        x, p = draw.normal(4, 3), 0.3
        y, _ = getattr(ask, name)(x, p, draw.generator(), training=False)
        yield equal("y", y, factor(name, p, training=False) * x)


def add_drops_with_probability_p(name, points):
    @suite.hidden(
        name,
        "distribution",
        "Every element is dropped with probability p, whatever happens to its neighbours",
        points=points,
    )
    def drops_with_probability_p(ask, draw):
        for p, shape in ((0.35, (140, 130)), (0.82, (14, 10, 13, 10))):
            x = draw.apart(*shape)
            ask.at(f"p={p}, shape {shape}")
            y, _ = getattr(ask, name)(x, p, draw.generator())
            yield survivors(y, x, factor(name, p, training=True))
            dropped = np.where(np.reshape(y, shape=(140, 130)) == 0, 1.0, 0.0)
            yield follows(f"the dropped elements for p={p}, shape {shape}", dropped, Bernoulli(p))


def add_counts_vary(name, points):
    @suite.hidden(
        name,
        "distribution",
        "Every element is dropped on its own: how many are dropped varies from call to call",
        points=points,
    )
    def counts_vary(ask, draw):
        rng, x, p = draw.generator(), draw.apart(6, 8), 0.4
        results = [getattr(ask, name)(x, p, rng)[0] for _ in range(24)]
        counts = np.stack([np.sum(np.equal(y, 0)) for y in results], axis=0)
        yield follows_x(results[0], x)
        yield holds(np.var(counts) > 0.5, "Every call drops nearly the same number of elements.")
        yield holds(np.var(counts) < 120.0, "Some calls drop nearly everything, others nearly nothing.")


def add_only_the_generator(name, points):
    @suite.hidden(
        name, "property", "What is dropped depends on the generator it is given, and on nothing else", points=points
    )
    def only_the_generator(ask, draw):
        rng, x, p = draw.generator(), draw.apart(8, 12), 0.45
        again, other = draw.again(rng), draw.generator()
        first, second, repeated, elsewhere = (getattr(ask, name)(x, p, each)[0] for each in (rng, rng, again, other))
        yield dropped_and_kept(first, p)
        yield follows_x(first, x)
        yield holds(np.all(first == repeated), "Two generators in the same state drop different elements.")
        yield holds(np.any(first != second), "Two calls with one generator drop the same elements.")
        yield holds(np.any(first != elsewhere), "Two generators in different states drop the same elements.")


def add_extremes(name, points):
    @suite.hidden(
        name,
        "property",
        "p = 0 drops nothing; p = 1 drops everything in training and is no division by zero",
        points=points,
    )
    def extremes(ask, draw):
        x = draw.apart(30, 4)
        y, _ = getattr(ask.at("p=0.5"), name)(x, 0.5, draw.generator())
        yield dropped_and_kept(y, 0.5)
        yield follows_x(y, x)
        x = draw.apart(3, 4)
        for p, training, expected in (
            (0.0, True, x),
            (1.0, True, 0.0 * x),
            (0.0, False, x),
            (1.0, False, 0.0 * x if name.startswith("vanilla") else x),
        ):
            what = f"p={p:g}, training={training}"
            ask.at(what)
            y, _ = getattr(ask, name)(x=x, p=p, rng=draw.generator(), training=training)
            yield equal(f"y for {what}", y, expected)


def add_any_shape(name, points):
    @suite.hidden(name, "property", "x may have any shape and memory layout", points=points)
    def any_shape(ask, draw):
        p = 0.25
        for shape, layout in (((600,), "strided"), ((3, 4, 5, 10), "F"), ((25, 24), "F"), ((), "C"), ((1, 600), "C")):
            x, rng = draw.apart(*shape), draw.generator()
            ask.at(f"shape {shape}")
            y, _ = getattr(ask, name)(Laid(x, layout), p, rng)
            yield survivors(y, x, factor(name, p, training=True))
            if shape:
                yield dropped_and_kept(y, p)
            evaluated, _ = getattr(ask, name)(Laid(x, layout), p, rng, False)
            yield equal(f"y in evaluation for shape {shape}", evaluated, factor(name, p, training=False) * x)


def add_bad_probabilities_are_refused(name, points):
    @suite.hidden(name, "error", "p outside of [0, 1] is a ValueError, in training and in evaluation", points=points)
    def bad_probabilities_are_refused(ask, draw):
        x = draw.apart(20, 15)
        y, _ = getattr(ask, name)(x, 0.4, draw.generator())
        yield survivors(y, x, factor(name, 0.4, training=True))
        yield dropped_and_kept(y, 0.4)
        for p, training in ((-0.1, True), (1.2, True), (-0.1, False), (1.2, False)):
            bad = getattr(ask, name)(x, p, draw.generator(), training=training)
            yield refuses(bad, f"p={p} with training={training}")


FORWARD_TITLES = {
    "dropout_forward": (
        "In training, elements are dropped and the survivors scaled by 1/(1-p)",
        "In evaluation, x comes back as it is",
    ),
    "vanilla_dropout_forward": (
        "In training, elements are dropped and the survivors stay as they are",
        "In evaluation, everything is scaled by 1-p",
    ),
}
FORWARD_POINTS = {"dropout_forward": (7, 4, 7, 4, 3, 3, 2, 3), "vanilla_dropout_forward": (5, 5, 6, 3, 2, 3, 2, 2)}

for function, (structure, evaluation, *others) in FORWARD_POINTS.items():
    in_training, in_evaluation = FORWARD_TITLES[function]
    add_drops_and_scales(function, structure, in_training)
    add_evaluates(function, evaluation, in_evaluation)
    for add, worth in zip(
        (
            add_drops_with_probability_p,
            add_counts_vary,
            add_only_the_generator,
            add_extremes,
            add_any_shape,
            add_bad_probabilities_are_refused,
        ),
        others,
        strict=True,
    ):
        add(function, worth)


# ---- backward


def values(draw, *shape):
    """Inputs that stay away from 0 even where a wrong forward pass cuts their decimals off."""
    return draw.apart(*shape, least=1.1, most=3.0)


def drops(y, x):
    """Say whether the student's own y, right or wrong, is x with some elements dropped and others not."""
    share, kept = np.mean(np.equal(y, 0)), x * np.where(y != 0, 1.0, 0.0)
    along = np.sum(kept * y) ** 2 > 0.1 * np.sum(kept**2) * np.sum(y**2)
    return np.logical_and(np.logical_and(share > 0.02, share < 0.98), along)


def gradient_claim(what, name, dx, dy, x, y, scale):
    """Dx is dy scaled where y survived; also right if it follows the student's own y instead, where that drops."""
    kept, some = np.where(y != 0, 1.0, 0.0), drops(y, x)
    # What nobody returns, where y drops nothing or everything: the claim is then left out.
    expected = dy * kept * scale + np.where(some, 0.0, 1e3 * dy)
    claim = equal(what, dx, expected, or_else=[carried(FORWARDS[name], dx, dy * y / x, some)])
    return provided(FORWARDS[name], some, claim)


def add_follows_the_mask(name, points):
    @suite.public(
        name,
        "gradient",
        "In training, dx is dy where x survived, scaled as x was, and 0 where it was dropped",
        points=points,
    )
    def follows_the_mask(ask, draw):
        forward, backward = getattr(ask, FORWARDS[name]), getattr(ask, name)
        x, dy, p = values(draw, 9, 11), draw.apart(9, 11), 0.3
        y, cache = forward(x, p, draw.generator())
        yield gradient_claim("dx", name, backward(dy, cache), dy, x, y, factor(name, p, training=True))


def add_in_evaluation(name, points):
    @suite.hidden(name, "gradient", "In evaluation, dx is dy scaled as x was", points=points)
    def in_evaluation(ask, draw):
        forward, backward = getattr(ask, FORWARDS[name]), getattr(ask, name)
        x, dy, p = values(draw, 4, 5), draw.apart(4, 5), 0.35
        y, cache = forward(x, p, draw.generator(), training=False)
        dx, scale = backward(dy, cache), factor(name, p, training=False)
        own = [(FORWARDS[name], y)]
        claim = equal("dx", dx, dy * scale, or_else=[carried(FORWARDS[name], dx, dy * y / x, all_resemble(own))])
        yield provided_alike(own, claim)


def add_zeros_survive(name, points):
    @suite.hidden(name, "gradient", "An element of x that is 0 may survive, and then its gradient does", points=points)
    def zeros_survive(ask, draw):
        forward, backward = getattr(ask, FORWARDS[name]), getattr(ask, name)
        x, dy, p = values(draw, 40, 50), draw.apart(40, 50), 0.4
        x[:, 1::2] = 0.0
        y, cache = forward(x, p, draw.generator())
        dx, scale = backward(dy, cache), factor(name, p, training=True)
        filled, hollow = (slice(None), slice(0, None, 2)), (slice(None), slice(1, None, 2))
        yield gradient_claim("dx where x is not 0", name, dx[filled], dy[filled], x[filled], y[filled], scale)
        kept = np.where(dx[hollow] != 0, 1.0, 0.0)
        own_scale = np.sum(np.abs(y)) / np.sum(np.abs(x) * np.where(y != 0, 1.0, 0.0))
        right, some = dy[hollow] * kept, drops(y[filled], x[filled])
        or_else = [carried(FORWARDS[name], dx[hollow], right * own_scale, some)]
        expected = right * scale + np.where(some, 0.0, 1e3 * dy[hollow])
        claim = equal("dx where x is 0 and survived", dx[hollow], expected, or_else=or_else)
        yield provided(FORWARDS[name], some, claim)
        share, own_share = np.mean(kept), np.mean(np.where(y[filled] != 0, 1.0, 0.0))
        some_of_each = np.logical_and(share > 0.02, share < 0.98)
        fair = np.logical_or(some_of_each, np.abs(share - own_share) < 0.02)
        otherwise = "Where x is 0, dx is always 0 or never: what was dropped can't be read off y; remember it."
        yield provided(FORWARDS[name], some, holds(np.logical_and(some, fair), otherwise))


def add_extreme_gradients(name, points):
    @suite.hidden(name, "gradient", "The gradient is right for p = 0 and p = 1, too", points=points)
    def extremes(ask, draw):
        forward, backward = getattr(ask, FORWARDS[name]), getattr(ask, name)
        x, dy = values(draw, 3, 4), draw.apart(3, 4)
        ask.at("p=0.2, training=False")
        ordinary, cache = forward(x, 0.2, draw.generator(), training=False)
        usual = backward(dy, cache)
        for p, training, scale in (
            (0.0, True, 1.0),
            (1.0, True, 0.0),
            (0.0, False, 1.0),
            (1.0, False, 0.0 if name.startswith("vanilla") else 1.0),
        ):
            what = f"p={p:g}, training={training}"
            ask.at(what)
            y, cache = forward(x, p, draw.generator(), training)
            both = np.stack([usual, backward(dy, cache)], axis=0)  # an ordinary pass beside it: it must not all be zero
            expected = np.stack([dy * factor(name, 0.2, training=False), dy * scale])
            own = np.stack([dy * ordinary / x, dy * y / x], axis=0)
            yield equal(f"dx for {what}", both, expected, or_else=[carried(FORWARDS[name], both, own)])


def add_two_layers(name, points):
    @suite.hidden(
        name, "gradient", "Each backward pass belongs to its own forward pass, for any shape of x", points=points
    )
    def two_layers(ask, draw):
        forward, backward = getattr(ask, FORWARDS[name]), getattr(ask, name)
        rng, p = draw.generator(), 0.55
        inputs = [values(draw, 90), values(draw, 4, 5, 6)]
        passes = [forward(Laid(x, "strided"), p, rng) for x in inputs]
        for number in (1, 0):
            x, (y, cache), dy = inputs[number], passes[number], draw.apart(*inputs[number].shape)
            dx = backward(dy=Laid(dy, "F"), cache=cache)
            what = f"dx of layer {number + 1}"
            yield gradient_claim(what, name, dx, dy, x, y, factor(name, p, training=True))


BACKWARD_POINTS = {"dropout_backward": (8, 5, 4, 3, 2), "vanilla_dropout_backward": (5, 5, 3, 2, 2)}

for function, worths in BACKWARD_POINTS.items():
    for add, worth in zip(
        (add_follows_the_mask, add_in_evaluation, add_zeros_survive, add_extreme_gradients, add_two_layers),
        worths,
        strict=True,
    ):
        add(function, worth)
