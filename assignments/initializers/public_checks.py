"""Public checks of the initializers: what every student can run and read.

Random weights are judged as samples: large enough that another scale, spread or shape shows beyond doubt. Fans are
unequal and drawn, for layers whose scales are clearly different: neither one scale nor one for small and one for large
layers is right.
"""

from __future__ import annotations

import math

from autograder.authoring import Exercise, Normal, Uniform

exercise = Exercise("initializers")
zeros = exercise.function("zeros", returns="W")
small_normal = exercise.function("small_normal", returns="W")
calibrated_normal = exercise.function("calibrated_normal", returns="W")
xavier_uniform = exercise.function("xavier_uniform", returns="W")
xavier_normal = exercise.function("xavier_normal", returns="W")
kaiming_uniform = exercise.function("kaiming_uniform", returns="W")
kaiming_normal = exercise.function("kaiming_normal", returns="W")
preactivation_variance = exercise.function("preactivation_variance", returns="variance")


@zeros.check(points=2)
def all_zero(student, inputs, expect):
    """All weights are zero"""
    expect.reference("W", student.zeros(2 + inputs.below(9), 11 + inputs.below(9)))


def add_draws(initializer, title, fans, unit, distribution, *, points):
    """Add a check of ordinary layers with the default arguments, each one clearly larger than the one before it.

    How large they are is drawn: from `unit` times the two fans upwards. Of a larger layer, `distribution` is narrower.
    """
    layers = {"a small layer": unit, "a larger layer": 17 * unit // 10, "an even larger layer": 3 * unit}

    @initializer.check(points=points, title=title)
    def draws(student, inputs, expect):
        for what, least in layers.items():
            size = least + inputs.below(unit // 4)
            W = student.at(what).call(initializer, fans[0] * size, fans[1] * size, inputs.generator())
            expect.distribution(f"the weights of {what}", W, distribution(math.sqrt(unit / size)))


title = "The weights are normal with mean 0 and standard deviation 0.01"
add_draws(small_normal, title, (3, 1), 40, lambda _: Normal(0.0, 0.01), points=4)
title = "The weights are normal with mean 0 and variance 1/fan_in"
add_draws(calibrated_normal, title, (2, 1), 50, lambda narrower: Normal(0.0, 0.1 * narrower), points=5)
title = "The weights are uniform with variance 2/(fan_in + fan_out)"
add_draws(xavier_uniform, title, (5, 1), 36, lambda narrower: Uniform(-narrower / 6, narrower / 6), points=5)
title = "The weights are normal with variance 2/(fan_in + fan_out)"
add_draws(xavier_normal, title, (3, 1), 50, lambda narrower: Normal(0.0, 0.1 * narrower), points=5)
title = "The weights are uniform with variance 2/fan_in"
add_draws(kaiming_uniform, title, (3, 1), 50, lambda narrower: Uniform(-narrower / 5, narrower / 5), points=5)
title = "The weights are normal with variance 2/fan_in"
add_draws(kaiming_normal, title, (5, 1), 40, lambda narrower: Normal(0.0, 0.1 * narrower), points=4)


@preactivation_variance.check(points=4)
def of_a_sum_of_products(student, inputs, expect):
    """The variance of a sum of products of independent variables"""
    mean_w, var_w = inputs.number(-2, 2), inputs.number(0.2, 2)
    mean_x, var_x = inputs.number(0.5, 2), inputs.number(0.2, 2)
    expect.reference("the variance", student.preactivation_variance(7, mean_w, var_w, mean_x, var_x))
