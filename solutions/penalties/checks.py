"""What is asked of penalties and hinge loss, and what must hold of the answers.

λ, β and the margin are neither 1 nor ½; weights have exact zeros; scores keep their distance from the hinge's kinks,
except where the kink is the question. A gradient earns its points also where it is the derivative of a loss that is
itself off by a factor or a term.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.ask import (
    Laid,
    Suite,
    Symbol,
    aligned_slopes,
    all_resemble,
    carried,
    equal,
    holds,
    provided_alike,
    refuses,
    returns,
    same,
)

suite = Suite(
    {
        "l2": returns("penalty", "dW"),
        "l1": returns("penalty", "dW"),
        "elastic_net": returns("penalty", "dW"),
        "hinge_loss": returns("loss", "dscores"),
        "regularized_hinge_loss": returns("loss", "dW"),
    }
)


def weights(draw, *shape):
    """Weights away from zero, but for one in three that is exactly zero; the first never is."""
    W = draw.apart(*shape).reshape(-1)
    W[2::3] = 0.0
    return W.reshape(shape)


def gradient_claim(what, actual, name, loss, at, draw, or_else=()):
    """The reference's gradient, or that of the student's own loss where that one is nearly right."""
    return same(
        what,
        actual,
        or_else=[aligned_slopes(f"the loss of {name}", actual, loss=loss, at=at, draw=draw), *or_else],
    )


# ---- l2, l1

PARTS = {"l2": (3, 4, 4, 2, 2), "l1": (3, 4, 4, 2, 2)}
VALUE = {
    "l2": "The penalty is λ times the sum of the squares",
    "l1": "The penalty is λ times the sum of the absolute values",
}
SLOPE = {
    "l2": "dW is the derivative of the penalty, element by element",
    "l1": "dW is λ times the sign of each weight, and 0 where a weight is 0",
}


def add_penalty(name):
    value, slope, general, shapes, scaling = PARTS[name]

    @suite.public(name, "reference", VALUE[name], points=value)
    def value_of_a_matrix(ask, draw):
        penalty, _ = getattr(ask, name)(weights(draw, 3, 2), 0.7)
        yield same("penalty", penalty)

    @suite.public(name, "gradient", SLOPE[name], points=slope)
    def gradient_of_a_matrix(ask, draw):
        W, lam = weights(draw, 2, 3), 0.3
        penalty = getattr(ask, name)
        yield gradient_claim("dW", penalty(W, lam)[1], name, lambda at: penalty(at, lam)[0], W, draw)

    @suite.hidden(name, "reference", "Value and gradient are right for a larger matrix and another λ", points=general)
    def larger_matrix(ask, draw):
        W, lam = Laid(weights(draw, 6, 5), "F"), 2.6
        penalty, dW = getattr(ask, name)(W=W, lam=lam)
        yield same("penalty", penalty)
        loss = lambda at: getattr(ask, name)(at, lam)[0]
        yield gradient_claim("dW", dW, name, loss, W.values, draw)

    @suite.hidden(name, "reference", "W may have any shape: a vector, a tensor, a single number", points=shapes)
    def any_shape(ask, draw):
        for shape in ((4,), (2, 3, 2), (), (1, 5)):
            W = weights(draw, *shape)
            penalty, dW = getattr(ask, name)(Laid(W, "strided"), 0.4)
            yield same(f"the penalty for shape {shape}", penalty)
            loss = lambda at: getattr(ask, name)(at, 0.4)[0]
            yield gradient_claim(f"dW for shape {shape}", dW, name, loss, W, draw)

    @suite.hidden(
        name,
        "property",
        f"Three times the weights make the penalty {'nine' if name == 'l2' else 'three'} times as large",
        points=scaling,
    )
    def homogeneous(ask, draw):
        W, degree = weights(draw, 4, 3), 2 if name == "l2" else 1
        once, thrice = (getattr(ask, name)(factor * W, 0.9)[0] for factor in (1.0, -3.0))
        yield holds(once > 0, "The penalty of weights that are not zero is not positive.")
        yield equal("the penalty of -3 W", thrice, 3**degree * once)
        yield equal("the penalty of zeros", getattr(ask, name)(np.zeros((2, 2)), 0.9)[0], 0.0, scale=1.0)


add_penalty("l2")
add_penalty("l1")


# ---- elastic_net


def elastic_claims(ask, W, lam, beta, draw, *, of="", asked=("penalty", "dW")):
    """Value and gradient of the elastic net; also right if built on the student's own l2 and l1."""
    values = W.values if isinstance(W, Laid) else W
    penalty, dW = ask.elastic_net(W, lam, beta)
    squares, absolutes = ask.l2(values, lam), ask.l1(values, lam)
    own = [beta * square + absolute for square, absolute in zip(squares, absolutes, strict=True)]
    parts = [[("l2", square), ("l1", absolute)] for square, absolute in zip(squares, absolutes, strict=True)]
    built_on = "l2 or l1"
    if "penalty" in asked:
        or_else = [carried(built_on, penalty, own[0], all_resemble(parts[0]))]
        yield provided_alike(parts[0], same(f"penalty{of}", penalty, or_else=or_else))
    if "dW" in asked:
        loss = lambda at: ask.elastic_net(at, lam, beta)[0]
        or_else = [carried(built_on, dW, own[1], all_resemble(parts[1]))]
        yield provided_alike(parts[1], gradient_claim(f"dW{of}", dW, "elastic_net", loss, values, draw, or_else))


@suite.public("elastic_net", "reference", "The penalty is λ times the sum of β·W² and |W|", points=4)
def value_of_a_matrix(ask, draw):
    yield from elastic_claims(ask, weights(draw, 3, 2), 0.7, 2.3, draw, asked=("penalty",))


@suite.hidden("elastic_net", "gradient", "dW is the derivative of both parts", points=5)
def gradient_of_a_matrix(ask, draw):
    yield from elastic_claims(ask, weights(draw, 3, 3), 1.4, 0.3, draw, asked=("dW",))


@suite.hidden("elastic_net", "reference", "Value and gradient are right for other shapes, λ and β", points=5)
def elsewhere(ask, draw):
    for shape, lam, beta in (((5, 4), 0.2, 3.0), ((2, 2, 3), 3.0, 0.6), ((), 0.5, 1.7), ((6,), 1.0, 0.0)):
        W = Laid(weights(draw, *shape), "F")
        yield from elastic_claims(ask, W, lam, beta, draw, of=f" for shape {shape}, beta={beta}")


@suite.hidden("elastic_net", "property", "β weighs the squares alone, λ both parts", points=3)
def weights_of_the_parts(ask, draw):
    # A single 2: the penalty is λ(4β + 2), so every factor shows by itself, and which part it belongs to.
    two = np.array([[0.0, 2.0]])
    for lam, beta in ((1.0, 0.0), (1.0, 4.0), (0.5, 0.25)):
        penalty, _ = ask.elastic_net(W=two, lam=lam, beta=beta)
        square, absolute = ask.l2(two, lam)[0], ask.l1(two, lam)[0]
        parts = [("l2", square), ("l1", absolute)]
        or_else = [carried("l2 or l1", penalty, beta * square + absolute, all_resemble(parts))]
        what, right = f"the penalty of a single 2 for lam={lam}, beta={beta}", lam * (4 * beta + 2)
        yield provided_alike(parts, equal(what, penalty, right, or_else=or_else))


# ---- hinge_loss


def scores_for(draw, n, classes):
    """Scores on a grid of 0.4: for margins of 1 or 0.65 no difference comes near a kink."""
    return np.round(draw.normal(n, classes, scale=4.0)) * 0.4, draw.labels(n, classes)


@suite.public(
    "hinge_loss", "reference", "The loss sums over the wrong classes and averages over the examples", points=5
)
def value(ask, draw):
    loss, _ = ask.hinge_loss(*scores_for(draw, 5, 4))
    yield same("loss", loss)


@suite.public(
    "hinge_loss", "gradient", "dscores is the derivative of the loss, in the right class's column too", points=6
)
def gradient(ask, draw):
    scores, y = scores_for(draw, 5, 3)
    yield gradient_claim(
        "dscores", ask.hinge_loss(scores, y)[1], "hinge_loss", lambda at: ask.hinge_loss(at, y)[0], scores, draw
    )


@suite.hidden(
    "hinge_loss", "reference", "Value and gradient are right for another margin and for single examples", points=6
)
def other_margins(ask, draw):
    for n, classes, margin in ((7, 5, 0.65), (1, 3, 1.0), (4, 2, 2.25)):
        scores, y = scores_for(draw, n, classes)
        ask.at(f"N={n}, margin={margin}")
        loss, dscores = ask.hinge_loss(scores=Laid(scores, "F"), y=y, margin=margin)
        yield same(f"loss for N={n}, margin={margin}", loss)
        own_loss = lambda at: ask.hinge_loss(at, y, margin)[0]
        yield gradient_claim(f"dscores for N={n}, margin={margin}", dscores, "hinge_loss", own_loss, scores, draw)


@suite.hidden(
    "hinge_loss", "property", "Equal scores cost one margin for each wrong class, a safe lead costs nothing", points=4
)
def equal_scores(ask, draw):
    scores, y = np.full((4, 5), 0.3), draw.labels(4, 5)
    yield equal("the loss of equal scores", ask.hinge_loss(scores, y, 0.6)[0], 4 * 0.6)
    lead = scores.copy()
    lead[np.arange(4), y] += 50.0
    safe, dscores = ask.at("safe lead").hinge_loss(lead, y, 0.6)
    yield equal("the loss of a safe lead", safe, 0.0)
    yield equal("the gradient of a safe lead", dscores, np.zeros((4, 5)))


@suite.hidden(
    "hinge_loss",
    "property",
    "Moving all scores of an example changes nothing, so every row of dscores sums to zero",
    points=3,
)
def rows_sum_to_zero(ask, draw):
    scores, y = scores_for(draw, 6, 4)
    loss, dscores = ask.hinge_loss(scores, y)
    yield holds(np.sum(np.abs(dscores)) > 1e-3, "dscores is zero, although the loss depends on the scores.")
    yield equal("the sum of each row of dscores", np.sum(dscores, axis=1), np.zeros(6), scale=np.max(np.abs(dscores)))
    yield equal("the loss of the same examples twice", ask.hinge_loss(np.tile(scores, (2, 1)), np.tile(y, 2))[0], loss)


@suite.hidden("hinge_loss", "property", "Exactly on the kink any subgradient is right", points=3)
def on_the_kink(ask, draw):
    # Class 1 is exactly one margin behind class 0, the right one; class 2 violates the margin, class 3 is far behind.
    scores, y = np.array([[2.0, 1.0, 1.5, -3.0], [0.0, -1.0, 0.25, -2.0]]), np.array([0, 0])
    loss, dscores = ask.hinge_loss(scores, y)
    yield equal("the loss on the kink", loss, (0.5 + 1.25) / 2)
    kink = dscores[:, 1]
    yield holds(
        np.logical_and(kink >= -1e-6, kink <= 0.5 + 1e-6),
        "On the kink, dscores lies outside of the two one-sided slopes.",
    )
    yield equal("dscores of the violated class", dscores[:, 2], np.full(2, 0.5))
    yield equal("dscores of the class far behind", dscores[:, 3], np.zeros(2))
    yield equal("the sum of each row of dscores", np.sum(dscores, axis=1), np.zeros(2), scale=np.ones(2))


# ---- regularized_hinge_loss

PENALTIES = ("l2", "l1", "elastic_net")


def classifier(draw, n, d, classes):
    """A linear classifier none of whose examples comes near a kink, and weights with exact zeros."""
    while True:
        W, x, y = weights(draw, d, classes), draw.normal(n, d), draw.labels(n, classes)
        scores = x @ W
        margins = scores - scores[np.arange(n), y][:, None] + 1.0
        if np.abs(margins).min() > 0.02 and (margins > 0).sum() > n:
            return W, x, y


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """The objective as it comes out of the student's own hinge_loss and penalty, and what each of these gave."""

    loss: Symbol
    gradient: Symbol
    of_loss: list
    of_gradient: list


def objective(ask, W, x, y, lam, penalty, beta):
    """Build the objective of the student's own functions."""
    own = {"l2": ask.l2, "l1": ask.l1}.get(penalty)
    regularizer, slope = own(W, lam) if own else ask.elastic_net(W, lam, beta)
    hinge, dscores = ask.hinge_loss(x @ W, y)
    return Objective(
        loss=hinge + regularizer,
        gradient=x.T @ dscores + slope,
        of_loss=[("hinge_loss", hinge), (penalty, regularizer)],
        of_gradient=[("hinge_loss", dscores), (penalty, slope)],
    )


def built_on(own, part, what, actual, mend, or_else=()):
    """The claim on loss or gradient; also right if built on the student's own functions, where these are alike."""
    parts = getattr(own, f"of_{part}")
    follows_own = carried(mend, actual, getattr(own, part), all_resemble(parts, alike=0.25))
    return provided_alike(parts, same(what, actual, or_else=[*or_else, follows_own]))


def objective_claims(ask, draw, penalty, n, d, classes, lam, beta, *, asked=("loss", "dW")):
    W, x, y = classifier(draw, n, d, classes)
    loss, dW = ask.at(f"penalty={penalty!r}").regularized_hinge_loss(W, Laid(x, "F"), y, lam, penalty, beta)
    own, mend = objective(ask, W, x, y, lam, penalty, beta), f"hinge_loss or {penalty}"
    if "loss" in asked:
        yield built_on(own, "loss", f"loss with {penalty}", loss, mend)
    if "dW" in asked:
        total = lambda at: ask.regularized_hinge_loss(at, x, y, lam, penalty, beta)[0]
        of_own_loss = "the loss of regularized_hinge_loss"
        slopes = aligned_slopes(of_own_loss, dW, loss=total, at=W, draw=draw)
        yield built_on(own, "gradient", f"dW with {penalty}", dW, mend, [slopes])


@suite.public(
    "regularized_hinge_loss",
    "reference",
    "The loss is the hinge loss of xW plus the penalty, L2 if none is named",
    points=4,
)
def value_of_the_objective(ask, draw):
    W, x, y = classifier(draw, 5, 3, 4)
    loss, _ = ask.regularized_hinge_loss(W, x, y, 0.3)
    yield built_on(objective(ask, W, x, y, 0.3, "l2", 1.0), "loss", "loss", loss, "hinge_loss or l2")


@suite.hidden(
    "regularized_hinge_loss", "gradient", "dW is the derivative of the loss, with each of the penalties", points=10
)
def gradient_of_the_objective(ask, draw):
    for penalty in PENALTIES:
        yield from objective_claims(ask, draw, penalty, 6, 4, 3, 0.4, 1.6, asked=("dW",))


@suite.hidden(
    "regularized_hinge_loss", "reference", "Value and gradient are right with each of the penalties", points=7
)
def every_penalty(ask, draw):
    for penalty in PENALTIES:
        yield from objective_claims(ask, draw, penalty, 7, 3, 5, 1.3, 0.35)


@suite.hidden(
    "regularized_hinge_loss",
    "reference",
    "The elastic net's β is 1 if it is not given; without λ only the hinge loss is left",
    points=3,
)
def defaults(ask, draw):
    W, x, y = classifier(draw, 4, 3, 3)
    settings = ((0.6, "elastic_net"), (0.0, "l1"))
    results = [
        ask.at(f"lam={lam}, penalty={penalty!r}").regularized_hinge_loss(W=W, x=x, y=y, lam=lam, penalty=penalty)
        for lam, penalty in settings
    ]
    own = [objective(ask, W, x, y, lam, penalty, 1.0) for lam, penalty in settings]
    for number, (part, what) in enumerate((("loss", "loss"), ("gradient", "dW"))):
        actual = np.stack([each[number] for each in results], axis=0)
        expected = np.stack([getattr(each, part) for each in own], axis=0)
        # Without λ there is no penalty whose size could be compared.
        parts = getattr(own[0], f"of_{part}") + getattr(own[1], f"of_{part}")[:1]
        or_else = [carried("hinge_loss or the penalty", actual, expected, all_resemble(parts, alike=0.25))]
        claim = same(f"{what}, for lam=0.6 and the elastic net, then for lam=0,", actual, or_else=or_else)
        yield provided_alike(parts, claim)


@suite.hidden("regularized_hinge_loss", "error", "A penalty of any other name is a ValueError", points=2)
def other_penalties_are_refused(ask, draw):
    W, x, y = classifier(draw, 4, 3, 3)
    loss, _ = ask.regularized_hinge_loss(W, x, y, 0.5, penalty="l1")
    yield built_on(objective(ask, W, x, y, 0.5, "l1", 1.0), "loss", "loss with l1", loss, "hinge_loss or l1")
    for lam, penalty in ((0.5, "l3"), (0.5, "elastic"), (0.5, ""), (0.0, "none")):
        bad = ask.regularized_hinge_loss(W, x, y, lam, penalty=penalty)
        yield refuses(bad, f"penalty={penalty!r} with lam={lam:g}")
