"""Public checks of sanity checks: what every student can run and read.

The functions whose gradients are asked for are smooth, and no sums over elements: what one element does shows in the
slopes of the others. Losses keep away from the limits between diagnoses.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, mapping, word

exercise = Exercise("sanity_checks")
numerical_gradient = exercise.function("numerical_gradient", returns="gradient")
relative_error = exercise.function("relative_error", returns="error")
gradient_is_right = exercise.function(
    "gradient_is_right", returns="verdict", needs=[numerical_gradient, relative_error]
)
chance_loss = exercise.function("chance_loss", returns="loss")
update_ratio = exercise.function("update_ratio", returns=mapping("ratios", "W", "b", "scale"))
dead_units = exercise.function("dead_units", returns="share")
diagnose_curve = exercise.function(
    "diagnose_curve", returns=word("diagnosis", "too_high", "too_low", "overfitting", "good")
)


# ---- numerical_gradient


class Smooth:
    """A smooth function of an array of any shape, and its gradient."""

    def __init__(self, inputs, *shape, scale=1.0, shift=0.0, frequency=1.0):
        self.frequency = frequency
        self.waves, self.phases = inputs.apart(*shape), inputs.normal(*shape)
        self.weights, self.scale, self.shift = inputs.apart(*shape, most=1.0), scale, shift

    def value(self, x):
        """Return the function's value, a number."""
        return self.scale * (
            np.sum(self.waves * np.sin(self.frequency * x + self.phases)) + np.sum(self.weights * x) ** 2 + self.shift
        )

    def gradient(self, x):
        """Return the true gradient, of the shape of x."""
        waves = self.waves * self.frequency * np.cos(self.frequency * x + self.phases)
        slopes = waves + 2 * np.sum(self.weights * x) * self.weights
        return np.asarray(self.scale * slopes)


@numerical_gradient.check(points=5)
def of_a_matrix(student, inputs, expect):
    """It is the gradient of a function of a matrix"""
    f, x = Smooth(inputs, 2, 3), inputs.normal(2, 3)
    expect.reference("gradient", student.numerical_gradient(f.value, x, 0.1))


@numerical_gradient.check(points=2)
def of_a_single_number(student, inputs, expect):
    """x may be a single number"""
    f, x = Smooth(inputs), np.asarray(inputs.normal())
    expect.reference("gradient", student.numerical_gradient(f.value, x, 0.5))


# ---- relative_error


def neighbors(inputs, *shape):
    """Return two arrays, of which one is off by a share of up to a tenth of each element."""
    a = inputs.apart(*shape) * 10.0 ** inputs.uniform(*shape, low=-2.5, high=2.5)
    return a, a * (1 + inputs.apart(*shape, least=0.01, most=0.1) * inputs.number(0.4, 1.0))


@relative_error.check(points=3)
def largest_of_all(student, inputs, expect):
    """It is the largest error of all elements, each beside its own size"""
    a, b = neighbors(inputs, 4, 3)
    expect.reference("error", student.relative_error(a, b))


@relative_error.check(points=2)
def below_the_floor(student, inputs, expect):
    """Where both numbers are nearly or exactly zero, the difference is divided by the floor"""
    a = np.array([0.0, 0.0, 2e-3]) * inputs.number(1.0, 2.0)
    expect.reference("error", student.relative_error(a, np.zeros(3), floor=0.5))


# ---- gradient_is_right


def in_any_order(inputs, cases, times):
    """Yield each of some cases so many times, in an order that tells nothing."""
    every = list(cases) * times
    yield from (every[number] for number in inputs.permutation(len(every)))


def expect_decisions(student, expect, inputs, f, x, candidates, *, times=1):
    """Expect right decisions; `candidates` are by a description: a gradient, and whether it is right."""
    verdicts = {what: [] for what in candidates}
    for what in in_any_order(inputs, candidates, times):
        grad, _ = candidates[what]
        verdicts[what].append(student.at(what).gradient_is_right(f, np.asarray(grad), x, inputs.generator()))
    for what, (_, right) in candidates.items():
        told = f"{what} is {'refused' if right else 'accepted'}."
        decided = [verdict == (1.0 if right else 0.0) for verdict in verdicts[what]]
        expect.that(np.array(decided), told[0].upper() + told[1:])


def right_and_wrong(inputs):
    """Return a function, x, and candidates."""
    f, x = Smooth(inputs, 3, 4), inputs.normal(3, 4)
    grad = f.gradient(x)
    candidates = {
        "the right gradient": (grad, True),
        "twice the gradient": (2 * grad, False),
        "the gradient with the other sign": (-grad, False),
    }
    return f.value, x, candidates


@gradient_is_right.check(points=4)
def accepts_and_refuses(student, inputs, expect):
    """A right gradient is accepted, one with a wrong sign or factor is not"""
    expect_decisions(student, expect, inputs, *right_and_wrong(inputs), times=3)


def single_number(inputs):
    """Return a function, x, and candidates."""
    f, x = Smooth(inputs), np.asarray(inputs.normal())
    grad = f.gradient(x)
    return f.value, x, {"the right slope": (grad, True), "a slope that is 5 % too large": (1.05 * grad, False)}


@gradient_is_right.check(points=3)
def slope_of_a_single_number(student, inputs, expect):
    """x may be a single number"""
    expect_decisions(student, expect, inputs, *single_number(inputs), times=4)


# ---- chance_loss


@chance_loss.check(points=2)
def of_ten_classes(student, inputs, expect):
    """It is the loss of equal scores, for softmax and for the hinge loss"""
    for kind in ("softmax", "hinge"):
        for what, least in ((kind, 5), (f"{kind}, more classes", 30)):
            expect.reference(f"loss for {what}", student.at(what).chance_loss(least + inputs.below(20), kind))


@chance_loss.check(points=1)
def refuses_other_kinds(student, inputs, expect):
    """Any other kind is a ValueError"""
    classes = 5 + inputs.below(100)
    expect.reference("loss for hinge", student.chance_loss(classes, "hinge"))
    expect.reference("loss for hinge, twice the classes", student.at("twice").chance_loss(2 * classes, "hinge"))
    for kind in ("square", ""):
        with expect.raises(ValueError, f"kind={kind!r}"):
            student.chance_loss(classes, kind)


# ---- update_ratio


def update(inputs, size):
    """Return parameters before and after an update of about this share of them."""
    before = {"W": inputs.apart(4, 3), "b": inputs.apart(3), "scale": np.asarray(inputs.apart())}
    after = {name: np.asarray(old + size * inputs.apart(*old.shape)) for name, old in before.items()}
    return before, after


def expect_ratios(expect, ratios, where=""):
    """Expect all ratios."""
    for name, ratio in ratios.items():
        expect.reference(f'ratios["{name}"]{where}', ratio)


@update_ratio.check(points=3)
def beside_the_parameters(student, inputs, expect):
    """It is the norm of each array's change beside the norm of the array"""
    expect_ratios(expect, student.update_ratio(*update(inputs, 0.1)))


@update_ratio.check(points=2)
def from_zero(student, inputs, expect):
    """Where all was zero, the ratio is 0 if nothing has changed, and infinite otherwise"""
    before, after = update(inputs, 5.0)
    before["b"], before["scale"], after["scale"] = np.zeros(3), np.zeros(()), np.zeros(())
    before["W"][1, 2], after["W"] = inputs.number(5, 10), np.zeros((4, 3))
    after["W"][1, 2] = -inputs.number(1, 4)
    expect_ratios(expect, student.update_ratio(before, after))


# ---- dead_units


def activations(inputs, n, units, dead):
    """Return what a ReLU gives, with so many units that are 0 for every example."""
    h = np.maximum(0, inputs.apart(n, units))
    h[inputs.below(n)] += inputs.positive(units)
    h[:, inputs.permutation(units)[:dead]] = 0.0
    return h


@dead_units.check(points=3)
def share_of_units(student, inputs, expect):
    """It is the share of the units, not of the examples or the zeros"""
    for what, dead in (("few dead units", 1), ("many dead units", 5)):
        h = activations(inputs, 6, 9 + inputs.below(8), dead + inputs.below(3))
        expect.reference(f"share for {what}", student.at(what).dead_units(h))


@dead_units.check(points=1)
def negative_is_alive(student, inputs, expect):
    """A unit that is negative for some example is alive"""
    for what, dead in (("few dead units", 1), ("many dead units", 5)):
        h = -activations(inputs, 5, 8 + inputs.below(8), dead + inputs.below(3))
        expect.reference(f"share for {what}", student.at(what).dead_units(h))


# ---- diagnose_curve


def curve(inputs, start, end, epochs=8):
    """Return losses that lead from one number to another, with some noise between them."""
    losses = np.linspace(start, end, epochs) * inputs.uniform(epochs, low=0.97, high=1.03)
    losses[0], losses[-1] = start, end
    return losses.tolist()


def expect_diagnoses(student, inputs, expect, curves, *, times=1):
    """Expect the diagnosis of curves, given by a description and in any order: training and validation losses."""
    found = {what: [] for what in curves}
    for what in in_any_order(inputs, curves, times):
        found[what].append(student.at(what).diagnose_curve(*curves[what]))
    for what, words in found.items():
        right = expect.recorded(f"diagnosis of {what}", words[0])
        expect.that(np.abs(np.array(words) - right) < 0.5, f"The diagnosis is not the right one: {what}.")


@diagnose_curve.check(points=4)
def four_curves(student, inputs, expect):
    """Four typical runs are told apart"""
    curves = {
        "a run whose training loss rises": (curve(inputs, 2.3, 3.1), curve(inputs, 2.3, 2.2)),
        "a run that hardly moves": (curve(inputs, 2.3, 2.2), curve(inputs, 2.3, 2.25)),
        "a run whose validation loss rises again": (
            curve(inputs, 2.3, 0.2),
            curve(inputs, 2.3, 1.1) + curve(inputs, 1.1, 1.7),
        ),
        "a run that goes well": (curve(inputs, 2.3, 0.8), curve(inputs, 2.4, 1.1)),
    }
    expect_diagnoses(
        student, inputs, expect, {what: (t + t[-1:] * (len(v) - len(t)), v) for what, (t, v) in curves.items()}, times=2
    )


@diagnose_curve.check(points=2)
def not_finite(student, inputs, expect):
    """A value that is not finite, in either list, comes of too high a rate"""
    losses = {number: curve(inputs, 2.3, 0.7) for number in range(4)}
    losses[0][-1], losses[2][3] = float("nan"), float("inf")
    curves = {
        "the training loss ends with NaN": (losses[0], losses[1]),
        "the validation loss is infinite for an epoch": (losses[1], losses[2]),
        "all is finite": (losses[1], losses[3]),
    }
    expect_diagnoses(student, inputs, expect, curves, times=3)
