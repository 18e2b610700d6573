"""Public checks of backpropagation: what every student can run and read.

Arguments have both signs and keep away from zero, but for the check that is about zero; upstream gradients are
random, never ones. Hidden checks have networks of other sizes.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, handle, mapping

exercise = Exercise("backprop")
sigmoid = exercise.function("sigmoid", returns="y")
sigmoid_backward = exercise.function("sigmoid_backward", returns="dx", needs=[sigmoid])
tanh = exercise.function("tanh", returns="y")
tanh_backward = exercise.function("tanh_backward", returns="dx", needs=[tanh])
relu = exercise.function("relu", returns="y")
relu_backward = exercise.function("relu_backward", returns="dx", needs=[relu])
softplus = exercise.function("softplus", returns="y")
softplus_backward = exercise.function("softplus_backward", returns="dx", needs=[softplus, sigmoid])
linear_forward = exercise.function("linear_forward", returns=("y", handle("cache")))
linear_backward = exercise.function("linear_backward", returns=("dx", "dW", "db"), needs=[linear_forward])
mlp = exercise.function(
    "mlp_loss_and_gradients",
    returns=("loss", mapping("grads", "W1", "b1", "W2", "b2")),
    needs=[linear_forward, linear_backward, tanh, tanh_backward],  # as far as a student builds on them
)


# ---- nonlinearities


def add_value_checks(function, points, title):
    """Add the public checks of a nonlinearity's values."""

    @function.check(points=points, title=title)
    def values(student, inputs, expect):
        y = student.call(function, inputs.apart(3, 4, most=3.0))
        expect.reference("y", y)

    @function.check(points=1)
    def single_numbers(student, inputs, expect):
        """x may be a single number, of shape ()"""
        for name, sign in (("first", 1.0), ("second", -1.0)):
            x = np.asarray(sign * np.abs(inputs.apart()))
            expect.reference(f"y of the {name}", student.at(f"the {name}").call(function, x))


add_value_checks(sigmoid, 2, "Every element goes through 1/(1 + e^-x)")
add_value_checks(tanh, 2, "Every element goes through the hyperbolic tangent")
add_value_checks(relu, 1, "Positive elements stay, all others become 0")
add_value_checks(softplus, 2, "Every element goes through log(1 + e^x)")


def upstream_and_argument(inputs, *shape, most=3.0):
    """Return dy and x of one shape; x has both signs."""
    dy, x = inputs.apart(*shape), inputs.apart(*shape, most=most)
    x.flat[:2] = abs(x.flat[0]), -abs(x.flat[1])
    return dy, x


def public_case(inputs):
    """Return dy and x by what their dx is called."""
    return {"dx": upstream_and_argument(inputs, 3, 4)}


def numbers_of_both_signs(inputs):
    """Return dy and x of shape (), by what their dx is called; x is positive, then negative."""
    return {
        f"dx where x is {name}": (inputs.apart(), np.asarray(sign * np.abs(inputs.apart())))
        for name, sign in (("positive", 1.0), ("negative", -1.0))
    }


def add_slope_checks(function, title):
    """Add the public checks of a nonlinearity's backward pass, and return them."""

    @function.check(points=2, title=title)
    def slope(student, inputs, expect):
        for label, (dy, x) in public_case(inputs).items():
            expect.gradient(label, student.call(function, dy, x))

    @function.check(points=1)
    def single_numbers(student, inputs, expect):
        """x and dy may be single numbers, of shape ()"""
        for label, (dy, x) in numbers_of_both_signs(inputs).items():
            expect.gradient(label, student.at(label.removeprefix("dx ")).call(function, dy, x), scale=abs(dy))

    return slope, single_numbers


sigmoid_slopes = add_slope_checks(sigmoid_backward, "dx is dy times the slope of the sigmoid at x")
tanh_slopes = add_slope_checks(tanh_backward, "dx is dy times the slope of tanh at x")
relu_slopes = add_slope_checks(relu_backward, "dx is dy where x is positive")
softplus_slopes = add_slope_checks(softplus_backward, "dx is dy times the slope of softplus at x")


@relu_backward.check(points=1)
def at_zero(student, inputs, expect):
    """Where x is exactly 0, the derivative of relu is taken to be 0"""
    dy, x = upstream_and_argument(inputs, 3, 4)
    x[1, 1:] = 0.0
    expect.gradient("dx", student.relu_backward(dy, x))


# ---- linear layer


def layer(inputs, n, d, m):
    """Return a batch, weights and biases in general position."""
    return inputs.normal(n, d), inputs.apart(d, m), inputs.apart(m)


@linear_forward.check(points=5)
def rows_times_weights(student, inputs, expect):
    """Every row of x is multiplied by W, then b is added"""
    y, _ = student.linear_forward(*layer(inputs, 4, 3, 2))
    expect.reference("y", y)


@linear_backward.check(points=3)
def to_the_inputs(student, inputs, expect):
    """dx sends every output's gradient back along its weights"""
    (x, W, b), dy = layer(inputs, 4, 3, 2), inputs.apart(4, 2)
    _, cache = student.linear_forward(x, W, b)
    dx, _, _ = student.linear_backward(dy, cache)
    expect.gradient("dx", dx)


@linear_backward.check(points=3)
def to_the_parameters(student, inputs, expect):
    """dW and db gather the gradients of all examples"""
    (x, W, b), dy = layer(inputs, 5, 2, 3), inputs.apart(5, 3)
    _, cache = student.linear_forward(x, W, b)
    _, dW, db = student.linear_backward(dy, cache)
    expect.gradient("dW", dW)
    expect.gradient("db", db)


# ---- network


def network(inputs, n, d, h, m):
    """Return parameters, inputs and targets; no hidden unit is saturated."""
    params = {
        "W1": inputs.apart(d, h, most=0.9),
        "b1": inputs.apart(h),
        "W2": inputs.apart(h, m),
        "b2": inputs.apart(m),
    }
    return params, inputs.normal(n, d), inputs.normal(n, m)


@mlp.check(points=3)
def loss(student, inputs, expect):
    """The loss is the squared error, summed over outputs, averaged over examples"""
    value, _ = student.mlp_loss_and_gradients(*network(inputs, 4, 3, 3, 3))
    expect.reference("loss", value)


@mlp.check(points=2, needs=[loss])
def second_weights(student, inputs, expect):
    """The gradient of W2 is the derivative of the loss"""
    _, grads = student.mlp_loss_and_gradients(*network(inputs, 5, 3, 3, 3))
    expect.gradient('grads["W2"]', grads["W2"])
