"""Hidden checks of backpropagation, and what decides functions that are built on wrong ones.

Some arguments are large enough to overflow an exponential. A backward pass whose nonlinearity is wrong is right where
it is the usual formula for the student's own values; where it is the derivative of what the student's own forward pass
really computes, it repeats the mistake. The network is right where its numbers come out of the student's own layers,
and repeats a mistake where its gradients are those of its own wrong loss.
"""

from __future__ import annotations

import itertools

import numpy as np

from autograder.authoring import numerical_gradient, resembles, strided

from . import public_checks as public
from .public_checks import layer, linear_backward, mlp, network, upstream_and_argument

ALMOST = 1e-3  # far more than any rounding, far less than any mistake

# Far enough out that e^x overflows in single and in double precision, and that nothing but the tail is left.
FAR = np.array([-1000.0, -750.0, -104.5, -90.0, -37.5, 0.0, 1.25, 37.5, 90.0, 104.5, 750.0, 1000.0])


# ---- nonlinearities


TINY = np.array([-1e-2, -1e-3, -1e-5, -1e-9, 1e-9, 1e-5, 1e-3, 1e-2])  # close to 0, and not 0


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


add_forward_checks(public.sigmoid, points_far_out=3, points_any_shape=1)
add_forward_checks(public.tanh, points_far_out=3, points_any_shape=1)
add_forward_checks(public.relu, points_far_out=1, points_any_shape=1)
add_forward_checks(public.softplus, points_far_out=3, points_any_shape=1)


def far_case(inputs):
    """Return dy and x far out, but not at 0: which derivative relu has there is the question of a check of its own."""
    x = far_arguments(inputs)
    return {"dx far out": (inputs.apart(len(FAR)), np.where(x == 0, 0.5, x))}


def other_cases(inputs, tiny=TINY):
    """Return dy and x of several shapes and sizes."""
    return {
        "dx for shape (20, 1)": tuple(map(strided, upstream_and_argument(inputs, 20, 1))),
        "dx for shape (1, 6)": upstream_and_argument(inputs, 1, 6),
        "dx for shape (2, 3, 4)": tuple(map(np.asfortranarray, upstream_and_argument(inputs, 2, 3, 4))),
        "dx up to ±4": upstream_and_argument(inputs, 6, most=4.0),
        "dx close to 0": (inputs.apart(len(tiny)), tiny),
    }


def add_backward_checks(slopes, points_far_out, points_elsewhere, *, smooth=True):
    """Add the hidden checks of the function that two public checks are about, and all follow-throughs."""
    function = slopes[0].function

    def cases_elsewhere(inputs):
        return other_cases(inputs, np.append(TINY, 0.0) if smooth else TINY)

    @function.check(points=points_far_out)
    def far_out(student, inputs, expect):
        """The gradient is finite and right up to x = ±1000"""
        for label, (dy, x) in far_case(inputs).items():
            expect.gradient(label, student.call(function, dy, x))

    @function.check(points=points_elsewhere)
    def elsewhere(student, inputs, expect):
        """The gradient is right for other shapes, and close to x = 0"""
        for label, (dy, x) in cases_elsewhere(inputs).items():
            expect.gradient(label, student.at(label.removeprefix("dx ")).call(function, dy=dy, x=x))

    draws = (public.public_case, public.numbers_of_both_signs, far_case, cases_elsewhere)
    for check, draw in zip((*slopes, far_out, elsewhere), draws, strict=True):

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
    """Expect gradients that are right for the student's own nonlinearity, or its derivatives."""
    nonlinearity, usual = function.needs[0], []
    for built_on in function.needs:  # the nonlinearity, and for softplus also its slope, the sigmoid
        values = {label: student.call(built_on, x) for label, (_, x) in cases.items()}
        right = expect.recorded(built_on.name, joined(values))
        expect.provided_right(np.allclose(joined(values), right, 1e-6, 1e-6))
        expect.nondegenerate(resembles(joined(values), right))
        if built_on is nonlinearity:
            values = {label: usual_slope(nonlinearity.name, y) for label, y in values.items()}
        expect.nondegenerate(np.ptp(joined(values)) > ALMOST)
        usual.append(values)
    found = {label: student.call(function, dy, x) for label, (dy, x) in cases.items()}
    given = [{label: dy * slopes[label] for label, (dy, _) in cases.items()} for slopes in usual]
    given.append({label: expect.recorded(f"the right {label}", dx) for label, dx in found.items()})
    if not all(x.ndim for _, x in cases.values()):  # single numbers, of which one may be 0: they are judged together
        together = [np.array(list(answers.values())) for answers in (found, *given)]
        expect.follows("dx of all numbers", together[0], given=together[1:])
        return
    for label, (dy, x) in cases.items():
        repeats = own_derivatives(student, nonlinearity, dy, x, given[-1][label] / dy)
        expect.follows(label, found[label], given=[answers[label] for answers in given], repeats=repeats)


def own_derivatives(student, nonlinearity, dy, x, right):
    """Return the gradient of the student's own nonlinearity by central differences, where there is something to it.

    Its slopes have to vary as the right ones do: a function that notices these calls may make up slopes of its own, and
    the slope of a straight line is no more than a number.
    """
    away = x[x != 0]
    rise = (student.call(nonlinearity, away) - student.call(nonlinearity, 0 * away)) / away
    dx = numerical_gradient(lambda at: np.sum(dy * student.call(nonlinearity, at)), at=x)
    slopes = dx / dy
    varies = np.ptp(rise) > ALMOST and resembles(slopes - slopes.mean(), right - right.mean())
    return [dx] if varies else []


add_backward_checks(public.sigmoid_slopes, points_far_out=3, points_elsewhere=2)
add_backward_checks(public.tanh_slopes, points_far_out=2, points_elsewhere=2)
add_backward_checks(public.relu_slopes, points_far_out=1, points_elsewhere=2, smooth=False)
add_backward_checks(public.softplus_slopes, points_far_out=3, points_elsewhere=1)


# ---- linear layer

# N, D, M; of a square W, a transposed dW does not even have another shape.
SIZES = ((3, 3, 3), (1, 4, 3), (5, 1, 2), (3, 2, 1))


def layer_of(inputs, n, d, m):
    """Return a layer, its inputs and dy, of either of which one is exactly 0; those of a single feature are large."""
    (x, W, b), dy = layer(inputs, n, d, m), inputs.apart(n, m)
    x[0, 0] = dy[0, 0] = 0.0
    size = 200.0 if d == 1 else 1.0
    return (size * x, W, b), size * dy


@public.linear_forward.check(points=5)
def other_sizes(student, inputs, expect):
    """It is right for a single example, a single feature, a single output"""
    for n, d, m in SIZES:
        ((x, W, b), _), sizes = layer_of(inputs, n, d, m), f"N={n}, D={d}, M={m}"
        y, _ = student.at(sizes).linear_forward(x=np.asfortranarray(x), W=strided(W), b=b)
        expect.reference(f"y for {sizes}", y)


def vary_alike(actual, right, cosine):
    """Say whether a student's own result resembles the right one in how it varies from example to example."""
    if len(actual) > 1:
        actual, right = actual - actual.mean(axis=0), right - right.mean(axis=0)
    return resembles(actual, right, cosine)


def expect_own_gradients(student, expect, drawn, *, names=("dx", "dW", "db"), what=""):
    """Expect the right gradients, or the derivatives of what the student's own linear_forward computes.

    `drawn` are the arguments of the forward pass, and dy.
    """
    (x, W, b), dy = drawn
    y, cache = student.linear_forward(x, W, b)
    found = dict(zip(("dx", "dW", "db"), student.linear_backward(dy, cache), strict=True))
    expect_own_gradients_of(student, expect, drawn, y, found, names=names, what=what)


def expect_own_gradients_of(student, expect, drawn, y, gradients, *, names=("dx", "dW", "db"), what=""):
    """Expect the same of gradients that the student's own backward pass has given."""
    (x, W, b), dy = drawn
    expect.provided_right(np.allclose(y, x @ W + b, 1e-6, 1e-6))
    expect.nondegenerate(vary_alike(y, x @ W + b, cosine=0.5))
    arguments = {"dx": x, "dW": W, "db": b}
    for name in names:

        def loss_at(value, name=name):
            return np.sum(dy * student.linear_forward(*(arguments | {name: value}).values())[0])

        own = numerical_gradient(loss_at, at=arguments[name])
        # A function that notices these calls may make up any slopes: they have to run along the right ones.
        right = expect.recorded(f"the right {name}{what}", gradients[name])
        repeats = [own] if resembles(own, right, cosine=0.7) else []
        expect.follows(f"{name}{what}", gradients[name], given=[right], repeats=repeats)


@public.to_the_inputs.follow_through
def to_the_inputs_of_the_own_layer(student, inputs, expect):
    expect_own_gradients(student, expect, (layer(inputs, 4, 3, 2), inputs.apart(4, 2)), names=("dx",))


@public.to_the_parameters.follow_through
def to_the_parameters_of_the_own_layer(student, inputs, expect):
    expect_own_gradients(student, expect, (layer(inputs, 5, 2, 3), inputs.apart(5, 3)), names=("dW", "db"))


@linear_backward.check(points=5)
def to_all_sizes(student, inputs, expect):
    """It is right for a single example, a single feature, a single output"""
    for n, d, m in SIZES:
        ((x, W, b), dy), sizes = layer_of(inputs, n, d, m), f"N={n}, D={d}, M={m}"
        _, cache = student.at(sizes).linear_forward(x, np.asfortranarray(W), b)
        dx, dW, db = student.at(sizes).linear_backward(np.asfortranarray(dy), cache=cache)
        expect.gradient(f"dx for {sizes}", dx)
        expect.gradient(f"dW for {sizes}", dW)
        expect.gradient(f"db for {sizes}", db)


@to_all_sizes.follow_through
def to_all_sizes_of_the_own_layer(student, inputs, expect):
    for n, d, m in SIZES:
        drawn = layer_of(inputs, n, d, m)
        expect_own_gradients(student, expect, drawn, what=f" for N={n}, D={d}, M={m}")


@linear_backward.check(points=4)
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
    expect_own_gradients(student, expect, (layer(inputs, 6, 4, 3), inputs.apart(6, 3)))


def interleaved_passes(student, inputs):
    """Yield several backward passes, two of layers of one shape, in another order than the forward passes."""
    sizes = ((4, 3, 2), (4, 3, 2), (4, 2, 5))
    drawn = [(layer(inputs, n, d, m), inputs.apart(n, m)) for n, d, m in sizes]
    forwards = [student.at(f"layer {n}").linear_forward(*each) for n, (each, _) in enumerate(drawn, start=1)]
    for number in (2, 3, 1):
        (y, cache), (arguments, dy) = forwards[number - 1], drawn[number - 1]
        gradients = student.at(f"layer {number}").linear_backward(dy=dy, cache=cache)
        yield number, (arguments, dy), y, dict(zip(("dx", "dW", "db"), gradients, strict=True))


@linear_backward.check(points=5)
def two_layers(student, inputs, expect):
    """Each backward pass belongs to its own forward pass, whatever comes between them"""
    for number, _, _, gradients in interleaved_passes(student, inputs):
        for name, gradient in gradients.items():
            expect.gradient(f"{name} of layer {number}", gradient)


@two_layers.follow_through
def two_layers_of_the_own_forward_pass(student, inputs, expect):
    for number, drawn, y, gradients in list(interleaved_passes(student, inputs)):
        expect_own_gradients_of(student, expect, drawn, y, gradients, what=f" of layer {number}")


# ---- network

NAMES = ("W1", "b1", "W2", "b2")
WEIGHTS, BIASES = ("W1", "W2"), ("b1", "b2")
# Elsewhere D, H and M are equal: layers whose results have wrong shapes otherwise spoil no more than they have to.
NETWORKS = ((1, 3, 4, 2), (6, 1, 3, 1), (3, 4, 1, 3), (70, 2, 5, 4))  # N, D, H, M


def sizes_of(network_sizes):
    return "N={}, D={}, H={}, M={}".format(*network_sizes)


@mlp.check(points=3, needs=[public.loss])
def first_weights(student, inputs, expect):
    """The gradient of W1 comes back through the slope of tanh"""
    _, grads = student.mlp_loss_and_gradients(*network(inputs, 5, 3, 3, 3))
    expect.gradient('grads["W1"]', grads["W1"])


@mlp.check(points=2, needs=[public.loss])
def biases(student, inputs, expect):
    """The gradients of the biases gather those of all examples"""
    _, grads = student.mlp_loss_and_gradients(*network(inputs, 4, 3, 3, 3))
    for name in BIASES:
        expect.gradient(f'grads["{name}"]', grads[name])


@mlp.check(points=2)
def other_network_sizes(student, inputs, expect):
    """Loss and gradients of the weights are right for other sizes, N = 1 included"""
    for each in NETWORKS:
        sizes = sizes_of(each)
        value, grads = student.at(sizes).mlp_loss_and_gradients(*network(inputs, *each))
        expect.reference(f"loss for {sizes}", value)
        for name in WEIGHTS:
            expect.gradient(f'grads["{name}"] for {sizes}', grads[name])
    params, x, t = network(inputs, 4, 3, 3, 3)
    value, grads = student.at("large targets").mlp_loss_and_gradients(params, x, 200 * t)
    expect.reference("loss for large targets", value)
    for name in WEIGHTS:
        expect.gradient(f'grads["{name}"] for large targets', grads[name])


@mlp.check(points=2)
def biases_of_other_sizes(student, inputs, expect):
    """The gradients of the biases are right for other sizes, a single feature, unit or output"""
    for each in NETWORKS[1:]:
        sizes = sizes_of(each)
        _, grads = student.at(sizes).mlp_loss_and_gradients(*network(inputs, *each))
        for name in BIASES:
            expect.gradient(f'grads["{name}"] for {sizes}', grads[name])


@mlp.check(points=2)
def mean_over_examples(student, inputs, expect):
    """The same examples twice give the same loss and the same gradients"""
    params, x, t = network(inputs, 4, 3, 3, 3)
    once, grads = student.mlp_loss_and_gradients(params=params, x=x, t=t)
    twice, grads_twice = student.at("twice").mlp_loss_and_gradients(params, np.tile(x, (2, 1)), np.tile(t, (2, 1)))
    expect.that(resembles(once, expect.recorded("the right loss", once)), "The loss is far off.")
    expect.close("the loss of the same examples twice", twice, once)
    for name in WEIGHTS:
        related = resembles(grads[name], expect.recorded(f"the right {name}", grads[name]), cosine=0.7)
        expect.that(related, f'grads["{name}"] has little to do with how the loss depends on {name}.')
        expect.close(f'grads["{name}"] of the same examples twice', grads_twice[name], grads[name])


def own_network(student, params, x, t, names):
    """Return loss and gradients as they come out of the student's own layers, as far as they are asked for.

    With them comes whether the layers leave something to get right, and whether linear_backward gives the right
    products for what it is given, here or right after its own forward pass.
    """
    a, first = student.linear_forward(x, params["W1"], params["b1"])
    h = student.tanh(a)
    f, second = student.linear_forward(h, params["W2"], params["b2"])
    plausible = vary_alike(a, x @ params["W1"] + params["b1"], cosine=0.1)
    plausible = plausible and vary_alike(h, np.tanh(a), cosine=0.0)
    plausible = plausible and vary_alike(f, h @ params["W2"] + params["b2"], cosine=0.1)
    dy = 2 * (f - t) / len(x)
    found = {"loss": np.sum((f - t) ** 2) / len(x)}
    if set(names) <= found.keys():
        return found, plausible, True
    dh, found["W2"], found["b2"] = student.linear_backward(dy, second)
    # Layers that notice these calls may return anything, all that the network has returned before among it.
    passes = [("2", (dh, found["W2"], found["b2"]), (h, params["W2"], params["b2"]), dy)]
    if {"W1", "b1"} & set(names):
        da = student.tanh_backward(dh, a)
        dx, found["W1"], found["b1"] = student.linear_backward(da, first)
        passes.append(("1", (dx, found["W1"], found["b1"]), (x, params["W1"], params["b1"]), da))
    products = True
    for number, gradients, arguments, upstream in passes:
        _, cache = student.linear_forward(*arguments)
        at_once = student.linear_backward(upstream, cache)
        right = upstream @ arguments[1].T, arguments[0].T @ upstream, upstream.sum(axis=0)
        asked = [number == "2" and len(passes) > 1, f"W{number}" in names, f"b{number}" in names]
        pairs, pairs_at_once = (
            list(itertools.compress(zip(each, right, strict=True), asked)) for each in (gradients, at_once)
        )
        right_at_once = all(nearly_equal(*pair) for pair in pairs_at_once)
        plausible = plausible and (right_at_once or all(resembles(*pair, cosine=0.3) for pair in pairs))
        products = products and (right_at_once or all(nearly_equal(*pair) for pair in pairs))
    return found, plausible, products


def nearly_equal(actual, right):
    """Say whether two arrays are the same but for rounding."""
    return np.allclose(actual, right, ALMOST, ALMOST)


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
    _, plausible, _ = own_network(student, params, 2 * x, t - 1, names)
    expect.nondegenerate(plausible)
    value, grads = student.mlp_loss_and_gradients(params, x, t)
    other_t = t + 3 * (-1.0) ** np.arange(t.shape[1])
    other, other_grads = student.mlp_loss_and_gradients(params, x, other_t)
    own, plausible, products = own_network(student, params, x, t, names)
    expect.nondegenerate(plausible)
    # In another order of the examples, so that nobody can tell that these were met before.
    own_of_others, *others_too = own_network(student, params, x[::-1], other_t[::-1], names)
    found, others = {"loss": value, **grads}, {"loss": other, **other_grads}
    for name in names:
        label = f"loss{what}" if name == "loss" else f'grads["{name}"]{what}'
        right = expect.recorded(f"{label}, in full", found[name])
        # Some build on part of these layers alone: what wrong layers give tells nothing against them.
        layers_are_right = np.allclose(own[name], right, ALMOST, ALMOST)
        expect.provided_right(layers_are_right)
        repeats = [] if name == "loss" else derivatives_of_the_own_loss(student, name, params, x, t, right)
        expect.nondegenerate(not np.allclose(others[name], found[name], ALMOST, ALMOST))
        if name != "loss":  # by chance, made-up gradients point along the right ones for some targets, not for others
            elsewhere = expect.recorded(f"{label} for other targets, in full", others[name])
            alike = resembles(found[name], right) and resembles(others[name], elsewhere)
            # Or they come out of layers of which the products are right, for some targets as for others.
            both = np.allclose(others[name], own_of_others[name], ALMOST, ALMOST)
            expect.nondegenerate(layers_are_right or alike or (both and products and all(others_too)))
        expect.follows(label, found[name], given=[own[name], right], repeats=repeats)


def add_follow_through(check, sizes, names):
    """Decide a check of the network by the student's own layers."""

    @check.follow_through
    def of_the_own_layers(student, inputs, expect):
        for each in sizes:
            what = f" for {sizes_of(each)}" if len(sizes) > 1 else ""
            expect_own_network(student, expect, network(inputs, *each), names, what)


add_follow_through(public.loss, [(4, 3, 3, 3)], ("loss",))
add_follow_through(public.second_weights, [(5, 3, 3, 3)], ("W2",))
add_follow_through(first_weights, [(5, 3, 3, 3)], ("W1",))
add_follow_through(biases, [(4, 3, 3, 3)], BIASES)
add_follow_through(other_network_sizes, NETWORKS, ("loss", *WEIGHTS))
add_follow_through(biases_of_other_sizes, NETWORKS[1:], BIASES)


@mean_over_examples.follow_through
def means_of_the_own_layers(student, inputs, expect):
    params, x, t = network(inputs, 4, 3, 3, 3)
    twice = params, np.tile(x, (2, 1)), np.tile(t, (2, 1))
    expect_own_network(student, expect, (params, x, t), ("loss",))
    expect_own_network(student, expect, twice, ("loss", *WEIGHTS), " of the same examples twice")
