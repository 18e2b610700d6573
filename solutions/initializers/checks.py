"""What is asked of the initializers, and what must hold of the answers.

Random weights are judged as samples: large enough that another scale, spread or shape shows beyond doubt. Fans are
unequal, and in some matrices small, so that one counted too many shows as well.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import Normal, Suite, Uniform, equal, follows, holds, refuses, returns, same

suite = Suite(
    {
        "zeros": returns("W"),
        "small_normal": returns("W"),
        "calibrated_normal": returns("W"),
        "xavier_uniform": returns("W"),
        "xavier_normal": returns("W"),
        "kaiming_uniform": returns("W"),
        "kaiming_normal": returns("W"),
        "preactivation_variance": returns("variance"),
    }
)

FEW_INPUTS, FEW_OUTPUTS = (4, 2200), (2200, 3)


def normal(variance):
    return Normal(0.0, float(np.sqrt(variance)))


def uniform(bound):
    return Uniform(-float(bound), float(bound))


def add_draws(name, title, law, *, points):
    """A public check of one ordinary layer with the default arguments."""

    @suite.public(name, "distribution", title, points=points)
    def draws(ask, draw):
        fan_in, fan_out = 160, 55
        yield follows("the weights", getattr(ask, name)(fan_in, fan_out, draw.generator()), law(fan_in, fan_out))


def add_generator(name, *, points):
    """A hidden check that the generator is all that the draws depend on, and that they use it up."""

    @suite.hidden(name, "property", "The draws depend on the generator it is given, and on nothing else", points=points)
    def only_the_generator(ask, draw):
        initialize, rng = getattr(ask, name), draw.generator()
        again = draw.again(rng)
        first, second = initialize(6, 5, rng), initialize(6, 5, rng)
        repeated, other = initialize(6, 5, again), initialize(6, 5, draw.generator())
        yield holds(np.all(first == repeated), "Two generators in the same state give different weights.")
        yield holds(np.any(first != second), "Two layers drawn from one generator get the same weights.")
        yield holds(np.any(first != other), "Two generators in different states give the same weights.")


# ---- zeros


@suite.public("zeros", "reference", "All weights are zero", points=2)
def all_zero(ask, draw):
    yield same("W", ask.zeros(3, 5))


@suite.hidden("zeros", "reference", "All weights are zero, for a layer of any shape", points=2)
def any_shape(ask, draw):
    for fan_in, fan_out in ((1, 1), (7, 2), (1, 4)):
        yield same("W", ask.at(f"{fan_in} inputs, {fan_out} outputs").zeros(fan_in=fan_in, fan_out=fan_out))


# ---- small_normal

add_draws(
    "small_normal",
    "The weights are normal with mean 0 and standard deviation 0.01",
    lambda fan_in, fan_out: normal(0.01**2),
    points=4,
)


@suite.hidden(
    "small_normal", "distribution", "Another std is used as the standard deviation, for every layer alike", points=6
)
def other_spread(ask, draw):
    for (fan_in, fan_out), std in ((FEW_INPUTS, 0.3), ((90, 70), 2.0)):
        W = ask.at(f"std={std}").small_normal(fan_in, fan_out, draw.generator(), std)
        yield follows(f"the weights for std={std}", W, normal(std**2))


add_generator("small_normal", points=2)

# ---- calibrated_normal

add_draws(
    "calibrated_normal",
    "The weights are normal with mean 0 and variance 1/fan_in",
    lambda fan_in, fan_out: normal(1 / fan_in),
    points=5,
)


@suite.hidden("calibrated_normal", "distribution", "The variance is 1/fan_in for narrow and for wide layers", points=7)
def other_layers(ask, draw):
    for fan_in, fan_out in (FEW_INPUTS, FEW_OUTPUTS):
        W = ask.calibrated_normal(fan_in=fan_in, fan_out=fan_out, rng=draw.generator())
        yield follows("the weights", W, normal(1 / fan_in))


add_generator("calibrated_normal", points=2)

# ---- xavier

add_draws(
    "xavier_uniform",
    "The weights are uniform with variance 2/(fan_in + fan_out)",
    lambda fan_in, fan_out: uniform(np.sqrt(6 / (fan_in + fan_out))),
    points=5,
)


@suite.hidden(
    "xavier_uniform", "distribution", "The bound is scaled by the gain, for narrow and for wide layers", points=8
)
def gain_scales_the_bound(ask, draw):
    for (fan_in, fan_out), gain in ((FEW_INPUTS, 1.7), (FEW_OUTPUTS, 0.6), ((30, 250), 1.0)):
        W = ask.at(f"gain={gain}").xavier_uniform(fan_in, fan_out, draw.generator(), gain=gain)
        yield follows(f"the weights for gain={gain}", W, uniform(gain * np.sqrt(6 / (fan_in + fan_out))))


add_generator("xavier_uniform", points=2)

add_draws(
    "xavier_normal",
    "The weights are normal with variance 2/(fan_in + fan_out)",
    lambda fan_in, fan_out: normal(2 / (fan_in + fan_out)),
    points=5,
)


@suite.hidden("xavier_normal", "distribution", "The standard deviation is scaled by the gain", points=7)
def gain_scales_the_spread(ask, draw):
    for (fan_in, fan_out), gain in ((FEW_INPUTS, 1.7), (FEW_OUTPUTS, 0.6), ((30, 250), 1.0)):
        W = ask.at(f"gain={gain}").xavier_normal(fan_in, fan_out, draw.generator(), gain)
        yield follows(f"the weights for gain={gain}", W, normal(gain**2 * 2 / (fan_in + fan_out)))


add_generator("xavier_normal", points=2)

# ---- kaiming


def add_modes(name, law, *, points):
    """A hidden check of both modes, by name and by default."""

    @suite.hidden(name, "distribution", "The fan that mode names sets the variance", points=points)
    def mode_names_the_fan(ask, draw):
        initialize = getattr(ask, name)
        yield follows("the weights for fan_in", initialize(*FEW_INPUTS, draw.generator(), "fan_in"), law(FEW_INPUTS[0]))
        yield follows(
            "the weights for fan_out", initialize(*FEW_OUTPUTS, draw.generator(), mode="fan_out"), law(FEW_OUTPUTS[1])
        )
        yield follows("the weights for no mode", initialize(40, 200, rng=draw.generator()), law(40))


def add_refusal(name, law, *, points):
    """A hidden check of a wrong mode, which counts only together with a right one."""

    @suite.hidden(name, "error", "Any other mode is a ValueError", points=points)
    def other_modes_are_refused(ask, draw):
        initialize = getattr(ask, name)
        yield follows("the weights for fan_out", initialize(60, 90, draw.generator(), mode="fan_out"), law(90))
        for mode in ("fan_avg", "fan", ""):
            bad = initialize(6, 9, draw.generator(), mode=mode)
            yield refuses(bad, f"mode={mode!r}")


add_draws(
    "kaiming_uniform",
    "The weights are uniform with variance 2/fan_in",
    lambda fan_in, fan_out: uniform(np.sqrt(6 / fan_in)),
    points=5,
)
add_modes("kaiming_uniform", lambda fan: uniform(np.sqrt(6 / fan)), points=7)
add_refusal("kaiming_uniform", lambda fan: uniform(np.sqrt(6 / fan)), points=2)
add_generator("kaiming_uniform", points=2)

add_draws(
    "kaiming_normal",
    "The weights are normal with variance 2/fan_in",
    lambda fan_in, fan_out: normal(2 / fan_in),
    points=4,
)
add_modes("kaiming_normal", lambda fan: normal(2 / fan), points=7)
add_refusal("kaiming_normal", lambda fan: normal(2 / fan), points=2)
add_generator("kaiming_normal", points=2)

# ---- preactivation_variance


@suite.public(
    "preactivation_variance", "reference", "The variance of a sum of products of independent variables", points=4
)
def of_a_sum_of_products(ask, draw):
    numbers = (draw.number(-2, 2), draw.number(0.2, 2), draw.number(0.5, 2), draw.number(0.2, 2))
    yield same("the variance", ask.preactivation_variance(7, *numbers))


@suite.hidden("preactivation_variance", "reference", "It holds with means of either sign, and without spread", points=4)
def in_general(ask, draw):
    for fan_in in (1, 5, 300):
        mean_w, mean_x = draw.number(-2, -0.5), draw.number(0.5, 3)
        numbers = {"mean_w": mean_w, "var_w": draw.number(0.2, 2), "mean_x": mean_x, "var_x": draw.number(0.2, 2)}
        yield same("the variance", ask.preactivation_variance(fan_in=fan_in, **numbers))
    yield same("the variance for weights that are all the same", ask.preactivation_variance(4, 1.5, 0.0, 0.7, 0.9))
    yield same("the variance for inputs that are all the same", ask.preactivation_variance(4, 1.5, 0.6, 0.7, 0.0))


@suite.hidden(
    "preactivation_variance", "property", "With means of zero it is n·Var(w)·Var(x), as on the slide", points=2
)
def of_the_slide(ask, draw):
    var_w, var_x = draw.number(0.2, 2), draw.number(0.2, 2)
    yield equal("the variance", ask.preactivation_variance(11, 0.0, var_w, 0.0, var_x), 11 * var_w * var_x)
