"""Hidden checks of backpropagation, and what decides functions that are built on wrong ones.

Some arguments are large enough to overflow an exponential. A backward pass whose nonlinearity is wrong is right where
it is the usual formula for the student's own values; where it is the derivative of what the student's own forward pass
really computes, it repeats the mistake. The network is right where its numbers come out of the student's own layers,
and repeats a mistake where its gradients are those of its own wrong loss.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import numerical_gradient, resembles, strided

from . import public_checks as public
from .public_checks import layer, linear_backward, mlp, network, upstream_and_argument

ALMOST = 1e-3  # far more than any rounding, far less than any mistake

# Far enough out that e^x overflows in single and in double precision, and that nothing but the tail is left.
FAR = np.array([-1000.0, -750.0, -104.5, -90.0, -37.5, 0.0, 1.25, 37.5, 90.0, 104.5, 750.0, 1000.0])


# ---- nonlinearities


def far_arguments(inputs):
    """Return the far arguments, in a random order and not quite at round numbers."""
    return FAR[inputs.permutation(len(FAR))] * inputs.number(0.98, 1.0)


def add_forward_checks(function, points_far_out, points_any_shape):
    """Add the hidden checks of a nonlinearity's values."""

    @function.check(points=points_far_out)
    def far_out(student, inputs, expect):
        """The result is finite and right up to x = ±1000"""
        places = {
            # Close together: a branch that starts too early is met on the way.
            "near 0": np.linspace(-8.8, 8.8, 23) * inputs.number(0.95, 1.0),
            "left of 0": -4 - inputs.positive(4, least=0.1, most=3.0),
            "far out": far_arguments(inputs),
        }
        for place, x in places.items():
            y = student.at(f"x {place}").call(function, x)
            expect.reference(f"y {place}", y)

    @function.check(points=points_any_shape)
    def any_shape(student, inputs, expect):
        """An element's result depends on that element alone, whatever the shape"""
        arguments = (
            strided(inputs.apart(7, most=3.0)),
            np.asfortranarray(inputs.apart(4, 5, most=3.0)),
            inputs.apart(2, 3, 4, most=3.0),
            inputs.apart(1, 1, most=3.0),
        )
        for x in arguments:
            y = student.at(f"shape {x.shape}").call(function, x=x)
            expect.reference(f"y for shape {x.shape}", y)


add_forward_checks(public.sigmoid, points_far_out=2, points_any_shape=1)
add_forward_checks(public.tanh, points_far_out=2, points_any_shape=1)
add_forward_checks(public.relu, points_far_out=1, points_any_shape=1)
add_forward_checks(public.softplus, points_far_out=3, points_any_shape=1)


def public_case(inputs):
    """Return what the public check of a backward pass draws, by what its dx is called."""
    return {"dx": upstream_and_argument(inputs, 3, 4)}


def far_case(inputs):
    """Return dy and x far out."""
    return {"dx far out": (inputs.apart(len(FAR)), far_arguments(inputs))}


def other_cases(inputs):
    """Return dy and x of several shapes and sizes."""
    dy, x = upstream_and_argument(inputs, 5, 3)
    x[1] = 0.0
    return {
        "dx for shape (9,)": tuple(map(strided, upstream_and_argument(inputs, 9))),
        "dx for shape (2, 3, 4)": tuple(map(np.asfortranarray, upstream_and_argument(inputs, 2, 3, 4))),
        "dx for shape (5, 3)": upstream_and_argument(inputs, 5, 3),
        "dx up to ±4": upstream_and_argument(inputs, 6, most=4.0),
        "dx where some x are 0": (dy, x),
    }


def add_backward_checks(slope, points_far_out, points_elsewhere):
    """Add the hidden checks of the function that the public check `slope` is about, and all follow-throughs."""
    function = slope.function

    @function.check(points=points_far_out)
    def far_out(student, inputs, expect):
        """The gradient is finite and right up to x = ±1000"""
        for label, (dy, x) in far_case(inputs).items():
            expect.gradient(label, student.call(function, dy, x))

    @function.check(points=points_elsewhere)
    def elsewhere(student, inputs, expect):
        """The gradient is right for other shapes, at x = 0 too"""
        for label, (dy, x) in other_cases(inputs).items():
            expect.gradient(label, student.at(label.removeprefix("dx ")).call(function, dy, x))

    for check, draw in ((slope, public_case), (far_out, far_case), (elsewhere, other_cases)):

        def of_the_own_nonlinearity(student, inputs, expect, draw=draw):
            expect_own_slopes(student, expect, function, draw(inputs))

        check.follow_through(of_the_own_nonlinearity)


def usual_slope(name, y):
    """Return the slope of a nonlinearity, as it is usually computed from its value."""
    if name == "sigmoid":
        return y * (1 - y)
    if name == "tanh":
        return 1 - y**2
    return np.where(y > 0, 1.0, 0.0) if name == "relu" else 1 - np.exp(-y)


def joined(arrays):
    """Return the elements of all arrays of a dict in one row, less their mean."""
    values = np.concatenate([each.ravel() for each in arrays.values()])
    return values - values.mean()


def expect_own_slopes(student, expect, function, cases):
    """Expect gradients that are right for the student's own nonlinearity, or, where no x is 0, its derivatives."""
    nonlinearity, usual = function.needs[0], []
    for built_on in function.needs:  # the nonlinearity, and for softplus also its slope, the sigmoid
        values = {label: student.call(built_on, x) for label, (_, x) in cases.items()}
        expect.nondegenerate(resembles(joined(values), expect.recorded(built_on.name, joined(values))))
        if built_on is nonlinearity:
            values = {label: usual_slope(nonlinearity.name, y) for label, y in values.items()}
        expect.nondegenerate(np.ptp(joined(values)) > ALMOST)
        usual.append(values)
    for label, (dy, x) in cases.items():
        dx = student.call(function, dy, x)
        given = [dy * slopes[label] for slopes in usual]
        right = expect.recorded(f"the right {label}", dx)
        expect.follows(label, dx, given=given, repeats=own_derivatives(student, nonlinearity, dy, x, right / dy))


def own_derivatives(student, nonlinearity, dy, x, right):
    """Return the gradient of the student's own nonlinearity by central differences, where there is something to it.

    Its slopes have to vary as the right ones do: a function that notices these calls may make up slopes of its own, and
    the slope of a straight line is no more than a number.
    """
    if not x.all():
        return []
    rise = (student.call(nonlinearity, x) - student.call(nonlinearity, 0 * x)) / x
    dx = numerical_gradient(lambda at: np.sum(dy * student.call(nonlinearity, at)), at=x)
    slopes = dx / dy
    varies = np.ptp(rise) > ALMOST and resembles(slopes - slopes.mean(), right - right.mean())
    return [dx] if varies else []


add_backward_checks(public.sigmoid_slope, points_far_out=3, points_elsewhere=3)
add_backward_checks(public.tanh_slope, points_far_out=2, points_elsewhere=3)
add_backward_checks(public.relu_slope, points_far_out=1, points_elsewhere=4)
add_backward_checks(public.softplus_slope, points_far_out=3, points_elsewhere=2)


# ---- linear layer

# N, D, M; of a square W, a transposed dW does not even have another shape.
SIZES = ((3, 3, 3), (1, 4, 3), (5, 1, 2), (3, 2, 1))


@public.linear_forward.check(points=4)
def other_sizes(student, inputs, expect):
    """It is right for a single example, a single feature, a single output"""
    for n, d, m in SIZES:
        (x, W, b), sizes = layer(inputs, n, d, m), f"N={n}, D={d}, M={m}"
        y, _ = student.at(sizes).linear_forward(x=np.asfortranarray(x), W=strided(W), b=b)
        expect.reference(f"y for {sizes}", y)


def vary_alike(actual, right, cosine):
    """Say whether a student's own result resembles the right one in how it varies from example to example."""
    if len(actual) > 1:
        actual, right = actual - actual.mean(axis=0), right - right.mean(axis=0)
    return resembles(actual, right, cosine)


def expect_own_gradients(student, expect, inputs, n, d, m, *, names=("dx", "dW", "db"), what=""):
    """Expect the derivatives of what the student's own linear_forward computes."""
    (x, W, b), dy = layer(inputs, n, d, m), inputs.apart(n, m)
    y, cache = student.linear_forward(x, W, b)
    expect.nondegenerate(vary_alike(y, x @ W + b, cosine=0.5))
    gradients = dict(zip(("dx", "dW", "db"), student.linear_backward(dy, cache), strict=True))
    arguments = {"dx": x, "dW": W, "db": b}
    for name in names:

        def loss_at(value, name=name):
            return np.sum(dy * student.linear_forward(*(arguments | {name: value}).values())[0])

        own = numerical_gradient(loss_at, at=arguments[name])
        # A function that notices these calls may make up any slopes: they have to run along the right ones.
        expect.nondegenerate(resembles(own, expect.recorded(f"the right {name}{what}", gradients[name]), cosine=0.7))
        expect.follows(f"{name}{what}", gradients[name], given=[], repeats=[own])


@public.to_the_inputs.follow_through
def to_the_inputs_of_the_own_layer(student, inputs, expect):
    expect_own_gradients(student, expect, inputs, 4, 3, 2, names=("dx",))


@public.to_the_parameters.follow_through
def to_the_parameters_of_the_own_layer(student, inputs, expect):
    expect_own_gradients(student, expect, inputs, 5, 2, 3, names=("dW", "db"))


@linear_backward.check(points=5)
def to_all_sizes(student, inputs, expect):
    """It is right for a single example, a single feature, a single output"""
    for n, d, m in SIZES:
        (x, W, b), dy, sizes = layer(inputs, n, d, m), inputs.apart(n, m), f"N={n}, D={d}, M={m}"
        _, cache = student.at(sizes).linear_forward(x, np.asfortranarray(W), b)
        dx, dW, db = student.at(sizes).linear_backward(np.asfortranarray(dy), cache=cache)
        expect.gradient(f"dx for {sizes}", dx)
        expect.gradient(f"dW for {sizes}", dW)
        expect.gradient(f"db for {sizes}", db)


@to_all_sizes.follow_through
def to_all_sizes_of_the_own_layer(student, inputs, expect):
    for n, d, m in SIZES:
        expect_own_gradients(student, expect, inputs, n, d, m, what=f" for N={n}, D={d}, M={m}")


@linear_backward.check(points=3)
def adjoint(student, inputs, expect):
    """Backward is the adjoint of forward: both give the same number for any direction"""
    (x, W, b), dy = layer(inputs, 6, 4, 3), inputs.apart(6, 3)
    along_x, along_W, along_b = inputs.apart(6, 4), inputs.apart(4, 3), inputs.apart(3)
    _, cache = student.linear_forward(x, W, b)
    dx, dW, db = student.linear_backward(dy, cache)
    size = np.abs(dy).sum()
    expect.close("dx along a direction", np.sum(dx * along_x), np.sum(dy * (along_x @ W)), scale=size)
    expect.close("dW along a direction", np.sum(dW * along_W), np.sum(dy * (x @ along_W)), scale=size)
    expect.close("db along a direction", np.sum(db * along_b), np.sum(dy * along_b), scale=size)


@adjoint.follow_through
def adjoint_of_the_own_layer(student, inputs, expect):
    expect_own_gradients(student, expect, inputs, 6, 4, 3)


@linear_backward.check(points=2)
def two_layers(student, inputs, expect):
    """Each backward pass belongs to its own forward pass"""
    first, second = layer(inputs, 4, 3, 2), layer(inputs, 4, 2, 5)
    _, first_cache = student.at("layer 1").linear_forward(*first)
    _, second_cache = student.at("layer 2").linear_forward(*second)
    for number, cache, dy in ((2, second_cache, inputs.apart(4, 5)), (1, first_cache, inputs.apart(4, 2))):
        dx, dW, db = student.at(f"layer {number}").linear_backward(dy, cache)
        expect.gradient(f"dx of layer {number}", dx)
        expect.gradient(f"dW of layer {number}", dW)
        expect.gradient(f"db of layer {number}", db)


# ---- network

NAMES = ("W1", "b1", "W2", "b2")
NETWORKS = ((1, 3, 4, 2), (6, 1, 3, 1), (3, 4, 1, 3), (7, 2, 5, 4))  # N, D, H, M


@mlp.check(points=7, needs=[public.loss])
def first_layer(student, inputs, expect):
    """The gradients of the first layer come back through the slope of tanh"""
    _, grads = student.mlp_loss_and_gradients(*network(inputs, 5, 3, 4, 2))
    expect.gradient('grads["W1"]', grads["W1"])
    expect.gradient('grads["b1"]', grads["b1"])


@mlp.check(points=6)
def other_network_sizes(student, inputs, expect):
    """Loss and gradients are right for other sizes, N = 1 included"""
    for n, d, h, m in NETWORKS:
        sizes = f"N={n}, D={d}, H={h}, M={m}"
        value, grads = student.at(sizes).mlp_loss_and_gradients(*network(inputs, n, d, h, m))
        expect.reference(f"loss for {sizes}", value)
        for name in NAMES:
            expect.gradient(f'grads["{name}"] for {sizes}', grads[name])


@mlp.check(points=4)
def mean_over_examples(student, inputs, expect):
    """The same examples twice give the same loss and the same gradients"""
    params, x, t = network(inputs, 4, 3, 5, 2)
    once, grads = student.mlp_loss_and_gradients(params=params, x=x, t=t)
    twice, grads_twice = student.at("twice").mlp_loss_and_gradients(params, np.tile(x, (2, 1)), np.tile(t, (2, 1)))
    other, other_grads = student.at("other targets").mlp_loss_and_gradients(params, x, t + 3)
    expect.reference("the loss", once)
    expect.close("the loss of the same examples twice", twice, once)
    expect.that(np.abs(other - once) > ALMOST, "The loss is the same whatever the targets are.")
    for name in NAMES:
        expect.close(f'grads["{name}"] of the same examples twice', grads_twice[name], grads[name])
        change = np.abs(other_grads[name] - grads[name]).max()
        expect.that(change > ALMOST, f'grads["{name}"] is the same whatever the targets are.')


def own_network(student, expect, params, x, t):
    """Return loss and gradients as they come out of the student's own layers."""
    a, first = student.linear_forward(x, params["W1"], params["b1"])
    h = student.tanh(a)
    f, second = student.linear_forward(h, params["W2"], params["b2"])
    expect.nondegenerate(vary_alike(a, x @ params["W1"] + params["b1"], cosine=0.1))
    expect.nondegenerate(vary_alike(h, np.tanh(a), cosine=0.0))
    expect.nondegenerate(vary_alike(f, h @ params["W2"] + params["b2"], cosine=0.1))
    dy = 2 * (f - t) / len(x)
    dh, dW2, db2 = student.linear_backward(dy, second)
    da = student.tanh_backward(dh, a)
    _, dW1, db1 = student.linear_backward(da, first)
    # Layers that notice these calls may return anything, all that the network has returned before among it.
    pairs = (dh, dy @ params["W2"].T), (dW2, h.T @ dy), (db2, dy.sum(axis=0)), (dW1, x.T @ da), (db1, da.sum(axis=0))
    expect.nondegenerate(all(resembles(result, right, cosine=0.3) for result, right in pairs))
    return {"loss": np.sum((f - t) ** 2) / len(x), "W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def derivatives_of_the_own_loss(student, name, params, x, t, right):
    """Return the gradient of the student's own loss, where that is off by a factor or a term alone."""

    def loss_at(value):
        return student.mlp_loss_and_gradients(params | {name: value}, x, t)[0]

    own = numerical_gradient(loss_at, at=params[name])
    # Within 18 degrees of the right one.
    return [own] if np.sum(own * right) > 0.95 * np.linalg.norm(own) * np.linalg.norm(right) else []


def expect_own_network(student, expect, drawn, names, what=""):
    """Expect loss and gradients of the student's own layers, or the gradients of the student's own loss."""
    params, x, t = drawn
    # On other data, in case layers fail. On these the network comes first, and can't repeat what they return.
    own_network(student, expect, params, 2 * x, t - 1)
    value, grads = student.mlp_loss_and_gradients(params, x, t)
    other, other_grads = student.mlp_loss_and_gradients(params, x, t + 3)
    own = own_network(student, expect, params, x, t)
    found, others = {"loss": value, **grads}, {"loss": other, **other_grads}
    for name in names:
        label = f"loss{what}" if name == "loss" else f'grads["{name}"]{what}'
        right = expect.recorded(f"{label}, in full", found[name])
        # Some build on part of these layers alone: what wrong layers give tells nothing against them.
        layers_are_right = np.allclose(own[name], right, ALMOST, ALMOST)
        repeats = [] if name == "loss" else derivatives_of_the_own_loss(student, name, params, x, t, right)
        answers = [own[name], right, *repeats]
        follows = any(np.allclose(found[name], answer, ALMOST, ALMOST) for answer in answers)
        constant = np.allclose(others[name], found[name], ALMOST, ALMOST)
        expect.nondegenerate((layers_are_right or follows) and not constant)
        expect.follows(label, found[name], given=[own[name], right], repeats=repeats)


@public.loss.follow_through
def loss_of_the_own_layers(student, inputs, expect):
    expect_own_network(student, expect, network(inputs, 4, 3, 5, 2), ("loss",))


@public.second_layer.follow_through
def second_layer_of_the_own_layers(student, inputs, expect):
    expect_own_network(student, expect, network(inputs, 5, 2, 4, 3), ("W2", "b2"))


@first_layer.follow_through
def first_layer_of_the_own_layers(student, inputs, expect):
    expect_own_network(student, expect, network(inputs, 5, 3, 4, 2), ("W1", "b1"))


@other_network_sizes.follow_through
def other_sizes_of_the_own_layers(student, inputs, expect):
    for n, d, h, m in NETWORKS:
        drawn = network(inputs, n, d, h, m)
        expect_own_network(student, expect, drawn, ("loss", *NAMES), f" for N={n}, D={d}, H={h}, M={m}")


@mean_over_examples.follow_through
def means_of_the_own_layers(student, inputs, expect):
    params, x, t = network(inputs, 4, 3, 5, 2)
    twice = params, np.tile(x, (2, 1)), np.tile(t, (2, 1))
    expect_own_network(student, expect, (params, x, t), ("loss",))
    expect_own_network(student, expect, twice, ("loss", *NAMES), " of the same examples twice")
