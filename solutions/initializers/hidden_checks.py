"""Hidden checks of the initializers.

Some layers are narrow on one side, so that a fan that is counted too large or too small shows; options are not the
defaults; and nothing but the generator that is given may decide what is drawn.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Normal, Uniform

from .public_checks import (
    calibrated_normal,
    kaiming_normal,
    kaiming_uniform,
    preactivation_variance,
    small_normal,
    xavier_normal,
    xavier_uniform,
    zeros,
)

FEW_INPUTS, FEW_OUTPUTS = (4, 2200), (2200, 3)


def normal(variance):
    """Return the normal distribution around 0 with this variance."""
    return Normal(0.0, float(np.sqrt(variance)))


def uniform(variance):
    """Return the uniform distribution around 0 with this variance."""
    bound = float(np.sqrt(3 * variance))
    return Uniform(-bound, bound)


def expect_factor(expect, draws, what):
    """Expect draws, each divided by its own spread, to be alike if they are the same numbers but for a factor.

    They are drawn from one generator in one state. Whoever draws otherwise for each of them is asked nothing.
    """
    sizes = np.array([np.sort(np.abs(W), axis=None) / std for W, std in draws])
    factors = sizes.mean(axis=1, keepdims=True) / sizes[0].mean()
    are_multiples = np.all(np.abs(sizes - factors * sizes[0]) <= 1e-3 * np.abs(factors * sizes[0]), axis=1)
    is_right = np.abs(factors[:, 0] - 1) < 1e-3
    expect.that(~are_multiples | is_right, f"{what} from one generator in one state differ by a wrong factor.")


SMALL_LAYERS = ((3, 4), (2, 6), (12, 1), (1, 12))  # of twelve weights each


def expect_fans(student, inputs, expect, initializer, variance, **options):
    """Expect the scales of layers that are so small that a fan which is one off shows."""
    rng, draws = inputs.generator(), []
    for fan_in, fan_out in SMALL_LAYERS:
        rng = inputs.again(rng)
        here = student.at(f"{fan_in} inputs, {fan_out} outputs")
        W = here.call(initializer, fan_in=fan_in, fan_out=fan_out, rng=rng, **options)
        draws.append((W, np.sqrt(variance(fan_in, fan_out))))
    expect_factor(expect, draws, "Layers of other fans")


# ---- zeros


@zeros.check(points=2)
def any_shape(student, inputs, expect):
    """All weights are zero, for a layer of any shape"""
    for fan_in, fan_out in ((1, 1), (7, 2), (1, 4), (30, 20)):
        case = f"{fan_in} inputs, {fan_out} outputs"
        expect.reference(f"W for {case}", student.at(case).zeros(fan_in=fan_in, fan_out=fan_out))


# ---- small_normal, calibrated_normal


@small_normal.check(points=6)
def other_spread(student, inputs, expect):
    """Another std is used as the standard deviation, for every layer alike"""
    for (fan_in, fan_out), std in ((FEW_INPUTS, 0.3), ((90, 70), 2.0)):
        W = student.at(f"std={std}").small_normal(fan_in=fan_in, fan_out=fan_out, rng=inputs.generator(), std=std)
        expect.distribution(f"the weights for std={std}", W, normal(std**2))
    rng = inputs.generator()
    draws = [(student.at("std by default").small_normal(8, 9, rng), 0.01)]
    draws += [(student.at(f"std={std}").small_normal(8, 9, inputs.again(rng), std), std) for std in (0.01, 0.3)]
    expect_factor(expect, draws, "Layers of another std, or of the default one,")


@calibrated_normal.check(points=7)
def other_layers(student, inputs, expect):
    """The variance is 1/fan_in for narrow and for wide layers"""
    for fan_in, fan_out in (FEW_INPUTS, FEW_OUTPUTS):
        case = f"{fan_in} inputs, {fan_out} outputs"
        W = student.at(case).calibrated_normal(fan_in=fan_in, fan_out=fan_out, rng=inputs.generator())
        expect.distribution(f"the weights for {case}", W, normal(1 / fan_in))
    expect_fans(student, inputs, expect, calibrated_normal, lambda fan_in, _: 1 / fan_in)


# ---- xavier

LAYERS_AND_GAINS = ((FEW_INPUTS, 1.7), (FEW_OUTPUTS, 0.6), ((30, 250), 1.0))


@xavier_uniform.check(points=8)
def gain_scales_the_bound(student, inputs, expect):
    """The bound is scaled by the gain, for narrow and for wide layers"""
    for (fan_in, fan_out), gain in LAYERS_AND_GAINS:
        W = student.at(f"gain={gain}").xavier_uniform(fan_in, fan_out, inputs.generator(), gain=gain)
        expect.distribution(f"the weights for gain={gain}", W, uniform(gain**2 * 2 / (fan_in + fan_out)))
    expect_fans(student, inputs, expect, xavier_uniform, lambda fan_in, fan_out: 2 / (fan_in + fan_out), gain=1.3)


@xavier_normal.check(points=7)
def gain_scales_the_spread(student, inputs, expect):
    """The standard deviation is scaled by the gain"""
    for (fan_in, fan_out), gain in LAYERS_AND_GAINS:
        W = student.at(f"gain={gain}").xavier_normal(fan_in, fan_out, inputs.generator(), gain)
        expect.distribution(f"the weights for gain={gain}", W, normal(gain**2 * 2 / (fan_in + fan_out)))
    expect_fans(student, inputs, expect, xavier_normal, lambda fan_in, fan_out: 2 / (fan_in + fan_out), gain=1.3)


# ---- kaiming


def add_modes(initializer, distribution, *, points):
    """Add a check of both modes, by name and by default."""

    @initializer.check(points=points, title="The fan that mode names sets the variance")
    def mode_names_the_fan(student, inputs, expect):
        initialize = getattr(student, initializer.name)
        W = initialize(*FEW_INPUTS, inputs.generator(), "fan_in")
        expect.distribution("the weights for fan_in", W, distribution(2 / 4))
        W = initialize(*FEW_OUTPUTS, inputs.generator(), mode="fan_out")
        expect.distribution("the weights for fan_out", W, distribution(2 / 3))
        W = initialize(40, 200, rng=inputs.generator())
        expect.distribution("the weights for no mode", W, distribution(2 / 40))
        expect_fans(student, inputs, expect, initializer, lambda _, fan_out: 2 / fan_out, mode="fan_out")


BAD_MODES = ("fan_avg", "fan", "", "FAN_IN", "Fan_Out", "fan-in", "fan_out ", "fanin", "out", None)


def add_refusal(initializer, *, points):
    """Add a check of wrong modes, some of them nearly right; right ones are not refused."""

    @initializer.check(points=points, title="Any other mode is a ValueError")
    def other_modes_are_refused(student, inputs, expect):
        for mode in ("fan_in", "fan_out"):
            student.at(f"mode={mode!r}").call(initializer, 6, 9, inputs.generator(), mode=mode)
        for mode in BAD_MODES:
            with expect.raises(ValueError, f"mode={mode!r}"):
                student.call(initializer, 6, 9, inputs.generator(), mode=mode)


for initializer, distribution in ((kaiming_uniform, uniform), (kaiming_normal, normal)):
    add_modes(initializer, distribution, points=7)
    add_refusal(initializer, points=2)


# ---- every random initializer


def add_generator(initializer, std, *, points):
    """Add a check that the generator is all that the draws depend on, and that they use it up.

    `std` is that of the weights of 20 inputs and 15 outputs, from which even a wrong factor leads not far.
    """

    @initializer.check(points=points, title="The draws depend on the generator it is given, and on nothing else")
    def only_the_generator(student, inputs, expect):
        initialize, rng = getattr(student, initializer.name), inputs.generator()
        first, second = initialize(20, 15, rng), initialize(20, 15, rng)
        repeated, other = initialize(20, 15, inputs.again(rng)), initialize(20, 15, inputs.generator())
        expect.that(np.abs(first.mean()) < 0.45 * first.std(), "The mean of the weights is far from 0.")
        expect.that(std / 30 < first.std() < 30 * std, "The spread of the weights is out of all proportion.")
        expect.that(first == repeated, "Two generators in the same state give different weights.")
        expect.that(np.mean(first != second) > 0.9, "Two layers drawn from one generator get the same weights.")
        expect.that(np.mean(first != other) > 0.9, "Two generators in different states give the same weights.")


for initializer, std in (
    (small_normal, 0.01),
    (calibrated_normal, 20**-0.5),
    (xavier_uniform, 17.5**-0.5),
    (xavier_normal, 17.5**-0.5),
    (kaiming_uniform, 10**-0.5),
    (kaiming_normal, 10**-0.5),
):
    add_generator(initializer, std, points=2)


# ---- preactivation_variance


@preactivation_variance.check(points=4)
def in_general(student, inputs, expect):
    """It holds with means of either sign, and without spread"""
    for fan_in in (1, 5, 300):
        mean_w, mean_x = inputs.number(-2, -0.5), inputs.number(0.5, 3) * (1 if fan_in == 5 else -1)
        numbers = {"mean_w": mean_w, "var_w": inputs.number(0.2, 2), "mean_x": mean_x, "var_x": inputs.number(0.2, 2)}
        variance = student.at(f"fan_in={fan_in}").preactivation_variance(fan_in=fan_in, **numbers)
        expect.reference(f"the variance for fan_in={fan_in}", variance)
    variance = student.preactivation_variance(4, 1.5, 0.0, 0.7, 0.9)
    expect.reference("the variance for weights that are all the same", variance)
    variance = student.preactivation_variance(4, 1.5, 0.6, 0.7, 0.0)
    expect.reference("the variance for inputs that are all the same", variance)


@preactivation_variance.check(points=2)
def of_the_slide(student, inputs, expect):
    """With means of zero it is n·Var(w)·Var(x), as on the slide"""
    var_w, var_x = inputs.number(0.2, 2), inputs.number(0.2, 2)
    expect.close("the variance", student.preactivation_variance(11, 0.0, var_w, 0.0, var_x), 11 * var_w * var_x)
