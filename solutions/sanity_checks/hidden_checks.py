"""Hidden checks of sanity checks, and what decides a gradient check that is built on wrong functions.

Candidates for gradients are right or clearly wrong, whatever the scale of the function. A gradient check that compares
with the student's own numerical gradient is right where it accepts that one and refuses what is far from it.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import resembles, strided

from . import public_checks as public
from .public_checks import (
    Smooth,
    activations,
    chance_loss,
    curve,
    dead_units,
    diagnose_curve,
    expect_decisions,
    expect_diagnoses,
    expect_ratios,
    gradient_is_right,
    neighbors,
    numerical_gradient,
    relative_error,
    update_ratio,
)

# ---- numerical_gradient


@numerical_gradient.check(points=4)
def a_large_step(student, inputs, expect):
    """It is the central difference with the given step, also where that is large"""
    for h in (0.2, 0.03):
        f, x = Smooth(inputs, 4), inputs.normal(4)
        gradient = student.at(f"h={h}").numerical_gradient(f=f.value, x=x, h=h)
        expect.reference(f"gradient with h={h}", gradient)
    f, column = Smooth(inputs, 20, 1), inputs.apart(20, 1, least=20.0, most=200.0)
    column[3], column[11] = 0.0, 180.0
    expect.reference("gradient for a long column", student.at("a long column").numerical_gradient(f.value, column, 0.3))


@numerical_gradient.check(points=3)
def any_shape(student, inputs, expect):
    """It is right for any shape and memory layout, with a step of 1e-5 if none is given"""
    for shape, layout in (
        ((5,), strided),
        ((2, 1, 3), np.asfortranarray),
        ((3, 2), np.asfortranarray),
        ((1, 1), np.asarray),
    ):
        f, x = Smooth(inputs, *shape, frequency=6000.0), layout(inputs.normal(*shape))
        expect.reference(f"gradient for shape {shape}", student.at(f"shape {shape}").numerical_gradient(f.value, x))


@numerical_gradient.check(points=2)
def quadratics_are_exact(student, inputs, expect):
    """For a quadratic function it is exact, however large the step is"""
    A, b, x = inputs.normal(4, 4), inputs.normal(4), inputs.normal(4)
    gradient = student.numerical_gradient(lambda at: at @ A @ at + b @ at, x, 0.5)
    expect.close("gradient", gradient, (A + A.T) @ x + b)


@numerical_gradient.check(points=2)
def one_element_at_a_time(student, inputs, expect):
    """While one element is moved, all others are where they were"""
    f, x, points = Smooth(inputs, 3, 2), inputs.normal(3, 2), []

    def watched(at):
        points.append(at)
        return f.value(at)

    expect.reference("gradient", student.numerical_gradient(watched, x, h=0.1))
    moved = [np.count_nonzero(np.abs(point - x) > 1e-9) for point in points]
    expect.that(max(moved, default=2) <= 1, "Elements that were moved before have not come back to where they were.")


# ---- relative_error


@relative_error.check(points=4)
def other_shapes(student, inputs, expect):
    """It is right for other shapes, sizes and floors"""
    for shape, floor, layout in (
        ((2, 3, 2), 2.0, np.asfortranarray),
        ((), 1e-8, np.asarray),
        ((5,), 1e-3, strided),
        ((20, 1), 1e-8, np.asarray),
        ((1, 4), 0.2, strided),
    ):
        a, b = (layout(np.asarray(each)) for each in neighbors(inputs, *shape))
        what = f"shape {shape}, floor={floor:g}"
        expect.reference(f"error for {what}", student.at(what).relative_error(a=a, b=b, floor=floor))


@relative_error.check(points=3)
def properties(student, inputs, expect):
    """It is the same with a and b exchanged, 0 for equal arrays, 1 where one of the two is zero"""
    a, b = neighbors(inputs, 3, 3)
    error, other = student.relative_error(a, b), student.at("exchanged").relative_error(b, a)
    expect.reference("error", error)
    expect.close("error with a and b exchanged", other, error)
    expect.close("error of an array with itself", student.at("equal").relative_error(a, a), 0.0, scale=1.0)
    expect.close("error of an array and its negative", student.at("negative").relative_error(a, -a), 1.0)
    alone = a.copy()
    alone[1, 1] = 0.0
    expect.close("error with a zero", student.at("a zero").relative_error(alone, a), 1.0)
    tiny = student.at("the floor").relative_error(np.array([3e-9, 0.0]), np.zeros(2))
    expect.close("error of 3e-9 and 0", tiny, 0.3)


# ---- gradient_is_right


def expect_own_decisions(student, expect, inputs, f, x, candidates):
    """Expect decisions that are right for the student's own numerical gradient, where that is one to compare with."""
    (right,) = [grad for grad, is_right in candidates.values() if is_right]
    own = student.numerical_gradient(f, x)
    expect.nondegenerate(resembles(own, right, cosine=0.9))
    others = [own + grad - right for grad, is_right in candidates.values() if not is_right]
    errors = [student.relative_error(own, other) for other in (own, *others)]
    expect.nondegenerate(errors[0] < 1e-6 and min(errors[1:]) > 1e-3)
    verdicts = [student.gradient_is_right(f, np.asarray(grad), x, inputs.generator()) for grad in (own, *others)]
    expect.follows("the decisions", np.array(verdicts), given=[np.array([1.0] + [0.0] * len(others))])


def follow_through(check, make):
    """Add what decides a check of decisions where the student's own numerical gradient is wrong."""

    @check.follow_through
    def for_the_own_numerical_gradient(student, inputs, expect):
        expect_own_decisions(student, expect, inputs, *make(inputs))


follow_through(public.accepts_and_refuses, public.right_and_wrong)
follow_through(public.slope_of_a_single_number, public.single_number)


def scaled(scale):
    """Return what makes a function of a scale, x, and candidates."""

    def make(inputs):
        f, x = Smooth(inputs, 5, 3, scale=scale), inputs.normal(5, 3)
        grad = f.gradient(x)
        candidates = {
            f"the right gradient of a function of scale {scale:g}": (grad, True),
            f"a gradient that is 4 % too small, of a function of scale {scale:g}": (0.96 * grad, False),
            f"a gradient with one wrong sign, of a function of scale {scale:g}": (one_sign_turned(grad), False),
        }
        return f.value, x, candidates

    return make


def one_sign_turned(grad):
    """Return the gradient with another sign at its largest entry."""
    wrong = grad.copy()
    wrong.reshape(-1)[np.argmax(np.abs(grad))] *= -1
    return wrong


@gradient_is_right.check(points=4)
def tiny_functions(student, inputs, expect):
    """It decides right for a function of scale 1e-6, whose wrong gradients are off by little"""
    expect_decisions(student, expect, inputs, *scaled(1e-6)(inputs))
    for shape in ((1, 5), (5, 1)):
        f, x = Smooth(inputs, *shape, scale=1e-6), inputs.normal(*shape)
        grad = f.gradient(x)
        candidates = {
            f"the right gradient for shape {shape}": (grad, True),
            f"a gradient with one wrong sign for shape {shape}": (one_sign_turned(grad), False),
        }
        expect_decisions(student, expect, inputs, f.value, x, candidates)
    for scale in (1e-6, -1e-6):
        f, x = Smooth(inputs, scale=scale), np.asarray(inputs.normal())
        slope = f.gradient(x)
        candidates = {
            f"the right slope of a function of scale {scale:g}": (slope, True),
            f"a slope of a function of scale {scale:g} that is half": (slope / 2, False),
        }
        expect_decisions(student, expect, inputs, f.value, x, candidates)
    x, rates = inputs.normal(7), np.array([0.0, 0.0, 0.0, 2.0, 0.7, 1.1, 0.6])
    grad = -rates * np.exp(rates * x)
    candidates = {
        "a right gradient whose entries are negative or 0": (grad, True),
        "a gradient with one wrong sign, where all others are negative or 0": (one_sign_turned(grad), False),
    }
    expect_decisions(student, expect, inputs, lambda at: -np.sum(np.exp(rates * at)), x, candidates)


@gradient_is_right.check(points=4)
def huge_functions(student, inputs, expect):
    """It decides right for a function of scale 1e6, whose right gradients are off by much"""
    expect_decisions(student, expect, inputs, *scaled(1e6)(inputs))


follow_through(tiny_functions, scaled(1e-6))
follow_through(huge_functions, scaled(1e6))


def one_entry(inputs):
    """Return a function of many elements, x, and candidates with one wrong entry."""
    f, x = Smooth(inputs, 60), inputs.normal(60)
    grad = f.gradient(x)
    size, place, other = np.linalg.norm(grad), 37 + inputs.below(20), inputs.below(20)
    added, last = grad.copy(), grad.copy()
    added[place] += 0.03 * size
    last[other] -= 0.04 * size
    candidates = {
        "the right gradient of sixty elements": (grad, True),
        "a gradient whose only mistake is one entry in the second half": (added, False),
        "a gradient whose only mistake is one entry in the first half": (last, False),
    }
    return f.value, x, candidates


@gradient_is_right.check(points=3)
def one_wrong_entry(student, inputs, expect):
    """One wrong entry among many is enough to refuse"""
    expect_decisions(student, expect, inputs, *one_entry(inputs))


follow_through(one_wrong_entry, one_entry)


def at_right_angles(grad):
    """Return a wrong gradient along which the slope is as it says: the mistake is at right angles to it."""
    other = np.roll(grad, 1)
    other = other - np.sum(other * grad) / np.sum(grad**2) * grad
    other = other * np.linalg.norm(grad) / np.linalg.norm(other)
    return np.cos(0.3) * (np.cos(0.3) * grad + np.sin(0.3) * other)


def turned(inputs):
    """Return a function of a square matrix, x, and its gradient with exchanged axes or entries."""
    f, x = Smooth(inputs, 4, 4), inputs.normal(4, 4)
    grad = f.gradient(x)
    canceling = grad.copy()
    canceling[1, 2] += 0.2 * np.linalg.norm(grad)
    canceling[3, 0] -= 0.2 * np.linalg.norm(grad)
    candidates = {
        "the right gradient of a square matrix": (np.asfortranarray(grad), True),
        "the transposed gradient": (grad.T.copy(), False),
        "a gradient whose rows are in another order": (grad[::-1].copy(), False),
        "a gradient whose two mistakes cancel in the sum": (canceling, False),
        "a gradient whose mistake is at right angles to it": (at_right_angles(grad), False),
    }
    return f.value, x, candidates


@gradient_is_right.check(points=2)
def transposed(student, inputs, expect):
    """A transposed gradient has the right norm and the right sum, and is wrong"""
    expect_decisions(student, expect, inputs, *turned(inputs))


follow_through(transposed, turned)


def nearly(inputs):
    """Return a function, x, and candidates that are right to a billionth, or off by 3 %."""
    f, x = Smooth(inputs, 2, 6, shift=20.0), inputs.normal(2, 6)
    grad = f.gradient(x)
    noise = inputs.apart(2, 6)
    noise *= np.linalg.norm(grad) / np.linalg.norm(noise)
    candidates = {
        "a gradient that is right to a billionth": (grad + 5e-10 * noise, True),
        "a gradient that is off by 3 % all over": (grad + 0.03 * noise, False),
        "a gradient of zeros": (0 * grad, False),
    }
    return f.value, x, candidates


@gradient_is_right.check(points=2)
def rounding_is_no_mistake(student, inputs, expect):
    """What rounding makes is accepted, 3 % are not"""
    expect_decisions(student, expect, inputs, *nearly(inputs))


follow_through(rounding_is_no_mistake, nearly)


@gradient_is_right.check(points=2)
def by_keyword(student, inputs, expect):
    """It decides right with more directions, all arguments by name"""
    f, x, candidates = scaled(1.0)(inputs)
    verdicts = {what: [] for what in candidates}
    for what in public.in_any_order(inputs, candidates, 3):
        grad, x_again, rng = strided(candidates[what][0]), strided(x), inputs.generator()
        verdict = student.at(what).gradient_is_right(f=f, grad=grad, x=x_again, rng=rng, directions=12)
        verdicts[what].append(verdict)
    for what, (_, right) in candidates.items():
        told = f"With 12 directions, {what} is {'refused' if right else 'accepted'}."
        expect.that(np.array(verdicts[what]) == float(right), told)


follow_through(by_keyword, scaled(1.0))


# ---- chance_loss


@chance_loss.check(points=3)
def few_and_many_classes(student, inputs, expect):
    """It is right for two classes and for a thousand"""
    for classes in (2, 3, 1000, 30 + inputs.below(50)):
        for kind in ("softmax", "hinge"):
            what = f"{kind}, {'many' if classes > 3 and classes < 1000 else classes} classes"
            expect.reference(f"loss for {what}", student.at(what).chance_loss(classes=classes, kind=kind))


@chance_loss.check(points=2)
def products_of_classes(student, inputs, expect):
    """For softmax the losses of two numbers of classes add up to that of their product"""
    a, b = 3 + inputs.below(9), 13 + inputs.below(9)
    losses = [student.at(f"{number}").chance_loss(count, "softmax") for number, count in enumerate((a, b, a * b))]
    expect.reference("loss of the product", losses[2])
    expect.close("the sum of the losses", losses[0] + losses[1], losses[2])


# ---- update_ratio


@update_ratio.check(points=4)
def other_updates(student, inputs, expect):
    """It is right for other shapes and sizes, from small updates to large ones"""
    for size in (2.0, 40.0, 1e-3):
        before = {"scale": inputs.apart(2, 3, 2), "W": np.asfortranarray(inputs.apart(5, 2)), "b": inputs.apart(1)}
        after = {name: old + size * inputs.apart(*old.shape) for name, old in before.items()}
        ratios = student.at(f"size {size:g}").update_ratio(before=before, after=after)
        expect_ratios(expect, ratios, f" for updates of size {size:g}")
    before = {"W": inputs.apart(20, 1), "b": inputs.apart(1, 4), "scale": np.zeros((2, 1))}
    after = {"W": before["W"] + 0.05 * inputs.apart(20, 1), "b": 1.3 * before["b"], "scale": np.full((2, 1), 1e-3)}
    before["b"][0, 1] = after["b"][0, 1] = after["scale"][1, 0] = 0.0
    expect_ratios(expect, student.at("rows and columns").update_ratio(before, after), " for rows and columns")


@update_ratio.check(points=3)
def units_do_not_matter(student, inputs, expect):
    """It does not depend on units, and a doubled array has the ratio 1"""
    before, after = public.update(inputs, 0.3)
    ratios = student.update_ratio(before, after)
    expect_ratios(expect, ratios)
    larger = [{name: np.asarray(-100 * each) for name, each in side.items()} for side in (before, after)]
    other = student.at("in other units").update_ratio(*larger)
    doubled = student.at("doubled").update_ratio(before, {name: np.asarray(2 * old) for name, old in before.items()})
    for name, ratio in ratios.items():
        expect.close(f'ratios["{name}"] in other units', other[name], ratio)
        expect.close(f'ratios["{name}"] of a doubled array', doubled[name], 1.0)


# ---- dead_units


@dead_units.check(points=4)
def other_layers(student, inputs, expect):
    """It is right for other layers, from all alive to all dead"""
    for n, units, dead, layout in (
        (3, 5, 0, np.asfortranarray),
        (7, 4, 4, strided),
        (1, 9, 2, np.asarray),
        (12, 16, 5, np.asfortranarray),
    ):
        what = f"{units} units and {n} examples"
        expect.reference(
            f"share for {what}", student.at(what).dead_units(h=layout(activations(inputs, n, units, dead)))
        )
    for dead in (1, 4):
        h = 300 * activations(inputs, 20, 6, dead)
        expect.reference(f"share of large activations, {dead} dead", student.at(f"{dead} dead").dead_units(h))
    for dead in (0, 1):
        h = activations(inputs, 5, 1, dead)
        expect.reference(f"share of a single unit, {dead} dead", student.at(f"one unit, {dead} dead").dead_units(h))


@dead_units.check(points=2)
def small_is_not_dead(student, inputs, expect):
    """A unit that is tiny, or whose values cancel, is alive"""
    h = activations(inputs, 4, 10, 3)
    expect.reference("share of tiny activations", student.at("tiny").dead_units(1e-12 * h))
    canceling = student.at("canceling").dead_units(np.concatenate([h, -h]))
    expect.reference("share of activations that cancel", canceling)


# ---- diagnose_curve


@diagnose_curve.check(points=4)
def the_first_that_holds(student, inputs, expect):
    """Where several hold, the first one counts"""
    rising = curve(inputs, 1.2, 0.6)[:-1] + curve(inputs, 0.6, 1.9)
    curves = {
        "training and validation loss rise": (curve(inputs, 2.0, 2.6, 15), rising),
        "nothing moves but the validation loss": (curve(inputs, 2.0, 1.92, 15), rising),
        "the validation loss rises while training goes well": (curve(inputs, 2.0, 0.3, 15), rising),
        "the training loss falls, then rises beyond its start": (
            curve(inputs, 2.0, 0.5)[:-1] + curve(inputs, 0.5, 2.5),
            rising,
        ),
        "the training loss is infinite in the middle": ([*curve(inputs, 2.0, 0.3, 14)[:-1], float("inf"), 0.3], rising),
        "the validation loss ends with NaN, while nothing moves": (
            curve(inputs, 2.0, 1.95, 15),
            [*rising[:-1], float("nan")],
        ),
    }
    expect_diagnoses(student, inputs, expect, curves)


@diagnose_curve.check(points=4)
def on_either_side_of_the_limits(student, inputs, expect):
    """Three percent on either side of a limit make the difference"""
    start, low = inputs.number(0.3, 4.0), inputs.number(0.3, 4.0)
    falling = [2 * low, 1.4 * low, low]
    curves = {
        "the training loss ends 3 % above its start": (
            [start, 0.5 * start, 0.4 * start, 1.03 * start],
            [*falling, low],
        ),
        "the training loss ends 3 % below its start": (
            [start, 0.5 * start, 0.4 * start, 0.97 * start],
            [*falling, low],
        ),
        "the training loss ends at 0.93 of its start": ([start, 1.5 * start, start, 0.93 * start], [*falling, low]),
        "the training loss ends at 0.87 of its start": ([start, 1.5 * start, start, 0.87 * start], [*falling, low]),
        "the validation loss ends 13 % above the lowest": ([start, start, start, 0.2 * start], [*falling, 1.13 * low]),
        "the validation loss ends 7 % above the lowest": ([start, start, start, 0.2 * start], [*falling, 1.07 * low]),
    }
    expect_diagnoses(student, inputs, expect, curves)


@diagnose_curve.check(points=2)
def arrays_and_short_runs(student, inputs, expect):
    """Losses may be arrays, and two epochs are a run"""
    start = inputs.number(0.5, 3.0)
    curves = {
        "two epochs that go well": ([start, 0.5 * start], [start, 0.6 * start]),
        "two epochs that overfit": ([start, 0.5 * start], [start, 1.4 * start]),
        "two epochs that hardly move": ([start, 0.96 * start], [start, 0.6 * start]),
        "two epochs that rise": ([start, 1.4 * start], [start, 0.6 * start]),
        "two epochs, of which the second has no finite validation loss": ([start, 0.4 * start], [start, float("inf")]),
        "two epochs that reach zero": ([start, 0.0], [start, 0.0]),
    }
    for what, (train_loss, val_loss) in curves.items():
        found = student.at(what).diagnose_curve(train_loss=np.array(train_loss), val_loss=np.array(val_loss))
        right = expect.recorded(f"diagnosis of {what}", found)
        expect.that(abs(found - right) < 0.5, f"The diagnosis is not the right one for arrays: {what}.")
