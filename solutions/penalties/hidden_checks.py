"""Hidden checks of penalties and hinge loss, and what decides functions that are built on wrong ones.

Where the kink is not the question, scores keep their distance from it. A function that is built on the student's own
penalties and hinge loss is right for them where it adds them up as it should. A gradient that is the derivative of a
loss which is off by a factor or a term repeats that mistake.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import numerical_gradient, resembles, strided

from . import public_checks as public
from .public_checks import elastic_net, expect_value_and_gradient, hinge_loss, regularized_hinge_loss, scores_and_labels


def expect_own_gradient(expect, label, gradient, loss, at, given=()):
    """Expect a gradient that is right for other functions' results (`given`), or for the student's own loss."""
    right, own = expect.recorded(f"the right {label}", gradient), numerical_gradient(loss, at)
    # Less than 18 degrees apart: such a loss is off by a factor or a term alone.
    aligned = np.sum(own * right) > 0.95 * np.linalg.norm(own) * np.linalg.norm(right)
    expect.follows(label, gradient, given=[*given, right], repeats=[own] if aligned else [])


def dwarfs(actual, right):
    """Say whether a student's own part of a sum is far larger than the right one."""
    return 0 < 100 * np.linalg.norm(right) < np.linalg.norm(actual)


def expect_sums(student, expect, function, parts_of, cases, names, *, cosine):
    """Expect sums of what the student's own functions give, of what is right, or of one of each.

    Gradients may also be those of the student's own loss.

    Parameters
    ----------
    parts_of
        Returns the two parts of the loss and the two parts of the gradient, by the student's own functions.
    cases
        Arguments of the function, the weights first, by what labels say of them.
    names
        What is expected: the loss, the gradient or both.
    cosine
        Between what the student's own functions give and what is right: the least that leaves something to get right.
    """
    parts = {what: parts_of(*arguments) for what, arguments in cases.items()}
    found = {what: student.call(function, *arguments) for what, arguments in cases.items()}
    for place, name in enumerate(part.name for part in function.returns.parts):
        if name not in names:
            continue
        own = {what: each[place] for what, each in parts.items()}
        right = {
            what: [expect.recorded(f"part {n} of {name}{what}", each) for n, each in enumerate(both, start=1)]
            for what, both in own.items()
        }
        # Where one part is far too large, the other can't be seen, which most cases have to show.
        shows = [what for what in cases if not any(map(dwarfs, own[what], right[what]))]
        expect.nondegenerate(2 * len(shows) > len(cases))
        for number in (0, 1):
            own_part, right_part = (
                np.concatenate([each[what][number].ravel() for what in shows]) for each in (own, right)
            )
            expect.provided_right(np.allclose(own_part, right_part, 1e-6, 1e-6))
            expect.nondegenerate(resembles(own_part, right_part, cosine))
        for what, (W, *others) in cases.items():
            label, actual = f"{name}{what}", found[what][place]
            (first, second), (right_first, right_second) = own[what], right[what]
            given = [first + second, first + right_second, right_first + second]
            if name == "dW":

                def loss_at(at, others=others):
                    return student.call(function, at, *others)[0]

                expect_own_gradient(expect, label, actual, loss_at, W, given)
            else:
                expect.follows(label, actual, given)


# ---- l2, l1

SIZE = {(20, 2): 300.0}  # of weights of this shape; 1 of others


def add_penalty_checks(function, public_gradient, degree, *, points_larger, points_any_shape):
    """Add the hidden checks of a penalty that multiplies by k to the `degree` where weights multiply by k."""

    @public_gradient.follow_through
    def of_the_own_penalty(student, inputs, expect):
        W = inputs.apart(2, 3)
        _, dW = student.call(function, W, 0.3)
        expect_own_gradient(expect, "dW", dW, lambda at: student.call(function, at, 0.3)[0], W)

    @function.check(points=points_larger)
    def larger_matrix(student, inputs, expect):
        """Value and gradient are right for a larger matrix, small weights and another λ"""
        for what, scale, lam in (("", 1.0, 2.6), (" of small weights", 1e-3, 0.7), (" without λ", 1.0, 0.0)):
            W = np.asfortranarray(scale * inputs.apart(6, 5))
            penalty, dW = student.at(what.strip()).call(function, W=W, lam=lam)
            expect_value_and_gradient(expect, what, penalty, dW)

    @function.check(points=points_any_shape)
    def any_shape(student, inputs, expect):
        """W may have any shape: a vector, a tensor"""
        for shape in ((4,), (2, 3, 2), (1, 5), (1,), (20, 2)):
            W = strided(SIZE.get(shape, 1.0) * inputs.apart(*shape))
            penalty, dW = student.at(f"shape {shape}").call(function, W, 0.4)
            expect_value_and_gradient(expect, f" for shape {shape}", penalty, dW)

    factor = {1: "three", 2: "nine"}[degree]

    @function.check(points=2, title=f"Three times the weights make the penalty {factor} times as large")
    def homogeneous(student, inputs, expect):
        W = inputs.apart(4, 3)
        once, _ = student.call(function, W, 0.9)
        thrice, _ = student.call(function, -3 * W, 0.9)
        sizes, _ = student.call(function, np.abs(W), 0.9)
        nothing, _ = student.call(function, np.zeros((2, 2)), 0.9)
        expect.that(once > 0, "The penalty of weights that are not zero is not positive.")
        expect.close("the penalty of -3 W", thrice, 3**degree * once)
        expect.close("the penalty of |W|", sizes, once)
        expect.close("the penalty of zeros", nothing, 0.0, scale=1.0)


add_penalty_checks(public.l2, public.l2_gradient, degree=2, points_larger=4, points_any_shape=2)
add_penalty_checks(public.l1, public.l1_gradient, degree=1, points_larger=3, points_any_shape=1)


# ---- elastic_net


def expect_own_parts(student, expect, cases, names):
    """Expect the elastic net of the student's own l2 and l1; `cases` are W, λ and β by what labels say of them."""

    def parts_of(W, lam, beta):
        (squares, slope), (absolutes, sign) = student.l2(W, lam), student.l1(W, lam)
        return (beta * squares, absolutes), (beta * slope, sign)

    expect_sums(student, expect, elastic_net, parts_of, cases, names, cosine=0.5)


@public.value_of_a_matrix.follow_through
def value_of_the_own_parts(student, inputs, expect):
    expect_own_parts(student, expect, {"": (inputs.apart(3, 2), 0.7, 2.3)}, ["penalty"])


@elastic_net.check(points=4, needs=[public.value_of_a_matrix])
def gradient_of_a_matrix(student, inputs, expect):
    """dW is the derivative of both parts"""
    _, dW = student.elastic_net(inputs.apart(3, 3), 1.4, 0.3)
    expect.gradient("dW", dW)


@gradient_of_a_matrix.follow_through
def gradient_of_the_own_parts(student, inputs, expect):
    expect_own_parts(student, expect, {"": (inputs.apart(3, 3), 1.4, 0.3)}, ["dW"])


def other_settings(inputs):
    """Return W, λ and β."""
    settings = ((5, 4), 0.2, 3.0), ((2, 2, 3), 3.0, 0.6), ((1, 4), 0.5, 1.7), ((6,), 1.0, 0.0), ((20, 2), 0.1, 0.4)
    return {
        f" for shape {shape}, beta={beta}": (np.asfortranarray(SIZE.get(shape, 1.0) * inputs.apart(*shape)), lam, beta)
        for shape, lam, beta in settings
    }


@elastic_net.check(points=4)
def elsewhere(student, inputs, expect):
    """Value and gradient are right for other shapes, λ and β"""
    for what, arguments in other_settings(inputs).items():
        penalty, dW = student.at(what.removeprefix(" for ")).elastic_net(*arguments)
        expect.reference(f"penalty{what}", penalty)
        expect.gradient(f"dW{what}", dW)


@elsewhere.follow_through
def elsewhere_of_the_own_parts(student, inputs, expect):
    expect_own_parts(student, expect, other_settings(inputs), ["penalty", "dW"])


@public.elastic_net_single.follow_through
def a_single_number_of_the_own_parts(student, inputs, expect):
    expect_own_parts(student, expect, {"": (inputs.apart(), 0.5, 1.7)}, ["penalty", "dW"])


@public.elastic_net_at_zero.follow_through
def at_zero_by_the_own_parts(student, inputs, expect):
    W = inputs.apart(3, 4)
    W[1, 1:] = 0.0
    expect_own_parts(student, expect, {"": (W, 0.8, 2.6)}, ["dW"])


# A single 2: the penalty is λ(4β + 2), so every factor shows by itself, and which part it belongs to.
SINGLE = {
    f" of a single 2 for lam={lam}, beta={beta}": (np.array([[2.0]]), lam, beta)
    for lam, beta in ((1.0, 0.0), (1.0, 4.0), (0.5, 0.25))
}


@elastic_net.check(points=2)
def weights_of_the_parts(student, inputs, expect):
    """β weighs the squares alone, λ both parts"""
    for what, (W, lam, beta) in SINGLE.items():
        penalty, _ = student.elastic_net(W=W, lam=lam, beta=beta)
        expect.close(f"penalty{what}", penalty, lam * (4 * beta + 2))


@weights_of_the_parts.follow_through
def weights_of_the_own_parts(student, inputs, expect):
    expect_own_parts(student, expect, SINGLE, ["penalty"])


# ---- hinge_loss


@public.gradient.follow_through
def gradient_of_the_own_loss(student, inputs, expect):
    scores, y = scores_and_labels(inputs, 5, 3)
    _, dscores = student.hinge_loss(scores, y)
    expect_own_gradient(expect, "dscores", dscores, lambda at: student.hinge_loss(at, y)[0], scores)


@hinge_loss.check(points=6)
def other_margins(student, inputs, expect):
    """Value and gradient are right for another margin and for single examples"""
    for n, classes, margin, scale in ((7, 5, 0.65, 1), (1, 3, 1.0, 1), (4, 2, 2.25, 1), (70, 4, 0.9, 50)):
        (scores, y), case = scores_and_labels(inputs, n, classes), f"N={n}, margin={margin}"
        scores *= scale
        loss, dscores = student.at(case).hinge_loss(scores=np.asfortranarray(scores), y=y, margin=margin)
        expect.reference(f"loss for {case}", loss)
        expect.gradient(f"dscores for {case}", dscores)


@hinge_loss.check(points=4)
def equal_scores(student, inputs, expect):
    """Equal scores cost one margin for each wrong class, a safe lead costs nothing"""
    scores, y = np.full((4, 5), 0.3), inputs.labels(4, 5)
    loss, _ = student.hinge_loss(scores, y, 0.6)
    expect.close("the loss of equal scores", loss, 4 * 0.6)
    scores[np.arange(4), y] += 50.0
    safe, dscores = student.at("safe lead").hinge_loss(scores, y, 0.6)
    expect.close("the loss of a safe lead", safe, 0.0)
    expect.close("the gradient of a safe lead", dscores, np.zeros((4, 5)))


@hinge_loss.check(points=3)
def rows_sum_to_zero(student, inputs, expect):
    """Moving all scores of an example changes nothing, so every row of dscores sums to zero"""
    scores, y = scores_and_labels(inputs, 6, 4)
    loss, dscores = student.hinge_loss(scores, y)
    twice, _ = student.at("twice").hinge_loss(np.tile(scores, (2, 1)), np.tile(y, 2))
    size = np.abs(dscores)
    expect.that(size.sum() > 1e-3, "dscores is zero, although the loss depends on the scores.")
    related = resembles(dscores, expect.recorded("the right dscores", dscores))
    expect.that(related, "dscores has little to do with how the loss depends on the scores.")
    expect.close("the sum of each row of dscores", dscores.sum(axis=1), np.zeros(6), scale=size.max())
    expect.close("the loss of the same examples twice", twice, loss)


@hinge_loss.check(points=3)
def on_the_kink(student, inputs, expect):
    """Exactly on the kink any subgradient is right"""
    # Class 1 is exactly one margin behind class 0, the right one; class 2 violates the margin, class 3 is far behind.
    scores, y = np.array([[2.0, 1.0, 1.5, -3.0], [0.0, -1.0, 0.25, -2.0]]), np.array([0, 0])
    loss, dscores = student.hinge_loss(scores, y)
    expect.close("the loss on the kink", loss, (0.5 + 1.25) / 2)
    _, kink, violated, behind = dscores.T
    between = (kink >= -1e-6) & (kink <= 0.5 + 1e-6)
    expect.that(between, "On the kink, dscores lies outside of the two one-sided slopes.")
    expect.close("dscores of the violated class", violated, np.full(2, 0.5))
    expect.close("dscores of the class far behind", behind, np.zeros(2))
    expect.close("the sum of each row of dscores", dscores.sum(axis=1), np.zeros(2), scale=np.ones(2))


# ---- regularized_hinge_loss


def classifier(inputs, n, d, classes):
    """Return a linear classifier and examples, none of which comes near a kink; many of them lie far out, one at 0."""
    while True:
        W, x, y = inputs.apart(d, classes), inputs.normal(n, d), inputs.labels(n, classes)
        if n > 16:
            x *= 200
            x[0] = 0.0
        scores = x @ W
        margins = scores - scores[np.arange(n), y][:, np.newaxis] + 1.0
        if np.abs(margins).min() > 0.02 and (margins > 0).sum() > n:
            return W, x, y


def expect_own_objective(student, expect, cases, names):
    """Expect the objective of the student's own hinge_loss and penalty; `cases` are arguments as above."""

    def parts_of(W, x, y, lam, penalty="l2", beta=1.0):
        loss, dscores = student.hinge_loss(x @ W, y)
        if penalty == "elastic_net":
            regularizer, slope = student.elastic_net(W, lam, beta)
        else:
            regularizer, slope = student.l2(W, lam) if penalty == "l2" else student.l1(W, lam)
        return (loss, regularizer), (x.T @ dscores, slope)

    expect_sums(student, expect, regularized_hinge_loss, parts_of, cases, names, cosine=0.2)


def with_penalty(inputs, penalty):
    """Return arguments of regularized_hinge_loss in two cases, by what labels say of them."""
    cases = {}
    for sizes, lam, beta in (((7, 3, 5), 1.3, 0.35), ((6, 4, 3), 0.4, 1.6), ((20, 1, 4), 0.7, 0.8)):
        W, x, y = classifier(inputs, *sizes)
        cases[f" for lam={lam}"] = W, np.asfortranarray(x), y, lam, penalty, beta
    return cases


@public.value_of_the_objective.follow_through
def value_of_the_own_parts_of_the_objective(student, inputs, expect):
    x, y, W = inputs.normal(5, 3), inputs.labels(5, 4), inputs.apart(3, 4)
    expect_own_objective(student, expect, {"": (W, x, y, 0.3)}, ["loss"])


def add_check_with(penalty, points):
    """Add the check of the objective with one of the penalties."""

    def main(student, inputs, expect):
        for what, (*arguments, name, beta) in with_penalty(inputs, penalty).items():
            at = student.at(what.removeprefix(" for "))
            loss, dW = at.regularized_hinge_loss(*arguments, penalty=name, beta=beta)
            expect.reference(f"loss{what}", loss)
            expect.gradient(f"dW{what}", dW)

    def own(student, inputs, expect):
        expect_own_objective(student, expect, with_penalty(inputs, penalty), ["loss", "dW"])

    main.__name__ = f"with_{penalty}"
    check = regularized_hinge_loss.check(
        points=points, title=f'Value and gradient are right with "{penalty}"', needs=[public.value_of_the_objective]
    )
    check(main).follow_through(own)


add_check_with("l2", 6)
add_check_with("l1", 5)
add_check_with("elastic_net", 6)


DEFAULTS = ((0.6, "elastic_net"), (0.0, "l1"))  # λ and penalty


@regularized_hinge_loss.check(points=3)
def defaults(student, inputs, expect):
    """The elastic net's β is 1 if it is not given; without λ only the hinge loss is left"""
    W, x, y = classifier(inputs, 4, 3, 3)
    for lam, penalty in DEFAULTS:
        loss, dW = student.at(penalty).regularized_hinge_loss(W=W, x=x, y=y, lam=lam, penalty=penalty)
        expect.reference(f"loss with {penalty}, lam={lam}", loss)
        expect.gradient(f"dW with {penalty}, lam={lam}", dW)


@defaults.follow_through
def defaults_of_the_own_objective(student, inputs, expect):
    classifier_and_data = classifier(inputs, 4, 3, 3)
    cases = {f" with {penalty}, lam={lam}": (*classifier_and_data, lam, penalty) for lam, penalty in DEFAULTS}
    expect_own_objective(student, expect, cases, ["loss", "dW"])


OTHER_NAMES = ("l3", "elastic", "", "none", "L2", "l1 ", "l2_", "Elastic_Net", "elastic-net", "l1l2", None)


@regularized_hinge_loss.check(points=2)
def other_penalties_are_refused(student, inputs, expect):
    """A penalty of any other name is a ValueError"""
    W, x, y = classifier(inputs, 4, 3, 3)
    for penalty in OTHER_NAMES:
        with expect.raises(ValueError, f"penalty={penalty!r}"):
            student.at(f"penalty={penalty!r}").regularized_hinge_loss(W, x, y, 0.5, penalty=penalty)
    with expect.raises(ValueError, "penalty='none' with lam=0"):
        student.at("lam=0").regularized_hinge_loss(W, x, y, 0.0, penalty="none")
    for penalty in ("l2", "l1", "elastic_net"):
        student.at(penalty).regularized_hinge_loss(W, x, y, 0.5, penalty=penalty)
