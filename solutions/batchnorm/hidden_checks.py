"""Hidden checks of batch normalization, and what decides a backward pass whose own forward pass is wrong.

Such a backward pass is right where it is what the usual formulas give for the student's own normalized values: fixing
the forward pass is then enough. Where it is the derivative of what that forward pass really computes, it repeats the
mistake.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import numerical_gradient, resembles, strided

from .public_checks import (
    SMALL,
    backward,
    batch,
    dx_in_training,
    forward,
    identity,
    layer,
    parameters_in_training,
)

# ---- forward


@forward.check(points=6)
def epsilon_in_training(student, inputs, expect):
    """ε is added inside the root, to the biased variance, in training"""
    for n, scale, eps in ((4, 0.1, 0.02), (2, 0.3, 0.05), (9, 1.0, 0.7)):
        x = batch(inputs, n, 3, scale=scale)
        y, _, _ = student.at(f"eps={eps}").batchnorm_forward(x, *layer(inputs, 3), eps=eps)
        expect.reference(f"y for eps={eps}", y)


@forward.check(points=4)
def epsilon_in_evaluation(student, inputs, expect):
    """ε is added inside the root in evaluation, also for a batch of one"""
    for n, eps in ((1, 0.4), (5, 0.05), (2, 1e-5)):
        gamma, beta, statistics = layer(inputs, 4)
        statistics["var"] *= 0.1
        x = batch(inputs, n, 4)
        y, _, running = student.at(f"eps={eps}").batchnorm_forward(x, gamma, beta, statistics, False, 0.4, eps)
        expect.reference(f"y for eps={eps}", y)
        expect.close(f'running["mean"] for eps={eps}', running["mean"], statistics["mean"])
        expect.close(f'running["var"] for eps={eps}', running["var"], statistics["var"])


@forward.check(points=6)
def unbiased_running_variance(student, inputs, expect):
    """The variance that enters the running one divides by N-1; momentum weighs the new batch"""
    for n, momentum in ((3, 0.2), (2, 1.0), (7, 0.0), (4, 0.65)):
        x, case = np.asfortranarray(batch(inputs, n, 3)), f"N={n}, momentum={momentum}"
        _, _, running = student.at(case).batchnorm_forward(x, *layer(inputs, 3), True, momentum)
        expect.reference(f'running["mean"] for {case}', running["mean"])
        expect.reference(f'running["var"] for {case}', running["var"])


@forward.check(points=5)
def trains_then_evaluates(student, inputs, expect):
    """Three batches of training, then one of evaluation"""
    gamma, beta, _ = layer(inputs, 3)
    running = {"mean": np.zeros(3), "var": np.full(3, SMALL**2)}
    for step in range(1, 4):
        x = strided(batch(inputs, 5, 3, scale=SMALL))
        y, _, running = student.at(f"batch {step}").batchnorm_forward(
            x=x, gamma=gamma, beta=beta, running=running, training=True
        )
        expect.reference(f"y of batch {step}", y)
    x = batch(inputs, 2, 3)
    y, _, _ = student.at("evaluation").batchnorm_forward(x, gamma, beta, running, training=False)
    expect.reference("y in evaluation", y)


@forward.check(points=3)
def mean_and_spread(student, inputs, expect):
    """The mean of y is beta, its spread gamma, whatever the batch's own are"""
    x, (gamma, beta, running) = batch(inputs, 8, 3), layer(inputs, 3)
    y, _, _ = student.batchnorm_forward(x, gamma, beta, running, eps=1e-12)
    expect.reference("y", y)
    expect.close("the mean of y", y.mean(axis=0), beta)
    expect.close("the standard deviation of y", y.std(axis=0), np.abs(gamma))
    moved, _, _ = student.at("x moved and stretched").batchnorm_forward(3 * x + 2, gamma, beta, running, eps=1e-12)
    expect.close("y for x moved and stretched", moved, y)


@forward.check(points=3)
def one_example_is_refused(student, inputs, expect):
    """Training on fewer than two examples is a ValueError"""
    gamma, beta, running = layer(inputs, 3)
    y, _, _ = student.at("N=2").batchnorm_forward(batch(inputs, 2, 3, scale=SMALL), gamma, beta, running)
    expect.reference("y for two examples", y)
    with expect.raises(ValueError, "N=1 in training"):
        student.at("N=1").batchnorm_forward(inputs.normal(1, 3), gamma, beta, running)


# ---- backward


def backward_pass(student, inputs, n, d, *, scale=1.0, **options):
    """Return the gradients of one backward pass by name, with what it was asked for."""
    x, dy, parameters = batch(inputs, n, d, scale=scale), inputs.normal(n, d), layer(inputs, d)
    y, cache, _ = student.batchnorm_forward(x, *parameters, **options)
    gradients = dict(zip(("dx", "dgamma", "dbeta"), student.batchnorm_backward(dy, cache), strict=True))
    return gradients, (x, dy, parameters, y)


def expect_own(student, expect, gradients, asked, *, names=("dx", "dgamma", "dbeta"), what="", **options):
    """Expect gradients that are right for the student's own forward pass."""
    x, dy, (gamma, beta, running), y = asked
    training = options.get("training", True)
    right = expect.recorded(f"y{what}", y)
    expect.nondegenerate(resembles(y - y.mean(axis=0), right - right.mean(axis=0)))
    expect.nondegenerate(shows_normalizing(student, x, y, (gamma, beta, running), options))
    x_hat = (y - beta) / gamma
    inner = dy - dy.mean(axis=0) - x_hat * (dy * x_hat).mean(axis=0) if training else dy
    # The student's own 1/σ, where it divides each feature by one number, and where it divides each example.
    steps = (
        (x_hat[1:2] - x_hat[0:1]) / (x[1:2] - x[0:1]),
        (x_hat[:, 1:2] - x_hat[:, 0:1]) / (x[:, 1:2] - x[:, 0:1]),
        1 / np.sqrt((x.var(axis=0) if training else running["var"]) + options.get("eps", 1e-5)),
    )
    given = {
        "dx": [gamma * step * inner for step in steps],
        "dgamma": [(dy * x_hat).sum(axis=0)],
        "dbeta": [dy.sum(axis=0)],
    }
    places = {"dx": (x, 0), "dgamma": (gamma, 1), "dbeta": (beta, 2)}
    for name in names:
        at, place = places[name]

        def loss(value, place=place):
            arguments = [x, gamma, beta]
            arguments[place] = value
            return np.sum(dy * student.batchnorm_forward(*arguments, running, **options)[0])

        own, right_gradient = numerical_gradient(loss, at), expect.recorded(f"the right {name}{what}", gradients[name])
        # A function that notices these calls may make up any slopes: they have to run along the right ones.
        repeats = [own] if resembles(own, right_gradient, cosine=0.7 if name == "dx" else 0.95) else []
        expect.follows(f"{name}{what}", gradients[name], given=given[name], repeats=repeats)


def shows_normalizing(student, x, y, parameters, options):
    """Say whether the student's own forward pass, right or wrong, leaves more to differentiate than gamma·x + beta.

    The elements of a feature depend on one another in training, and statistics stretch them in evaluation.
    """
    gamma = parameters[0]
    if not options.get("training", True):
        stretched, plain = y - y.mean(axis=0), x - x.mean(axis=0)
        return all(np.max(np.abs(stretched - slope * plain)) > 1e-3 for slope in (1.0, gamma))
    change, others = np.zeros(x.shape), np.ones(x.shape)
    change[-1, 0], others[-1, 0] = 1.0, 0.0
    moved, _, _ = student.batchnorm_forward(x + change, *parameters, **options)
    return np.max(np.abs((moved - y) * others)) > 1e-3


@dx_in_training.follow_through
def dx_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = backward_pass(student, inputs, 5, 3)
    expect_own(student, expect, gradients, asked, names=("dx",))


@parameters_in_training.follow_through
def parameters_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = backward_pass(student, inputs, 4, 3)
    expect_own(student, expect, gradients, asked, names=("dgamma", "dbeta"))


def add_backward_check(points, title, cases, name):
    """Add a check of all three gradients in several cases, with its follow-through."""

    def main(student, inputs, expect):
        for n, scale, options in cases:
            gradients, _ = backward_pass(student.at(f"N={n}"), inputs, n, 3, scale=scale, **options)
            for output, gradient in gradients.items():
                expect.gradient(f"{output} for N={n}", gradient)

    def own(student, inputs, expect):
        for n, scale, options in cases:
            gradients, asked = backward_pass(student, inputs, n, 3, scale=scale, **options)
            expect_own(student, expect, gradients, asked, what=f" for N={n}", **options)

    main.__name__ = name
    backward.check(points=points, title=title)(main).follow_through(own)


add_backward_check(
    9,
    "In training, all gradients are right for a large ε and for small batches",
    ((7, 0.2, {"eps": 0.05}), (4, 1.0, {"eps": 0.3})),
    "large_epsilon",
)
add_backward_check(
    9,
    "In evaluation, mean and variance are constants",
    ((4, 1.0, {"training": False, "eps": 0.2}), (2, 1.0, {"training": False, "eps": 1e-5})),
    "in_evaluation",
)


@backward.check(points=5)
def invariances(student, inputs, expect):
    """Moving or stretching a feature changes nothing, so dx has no part along either"""
    gradients, (x, _, _, _) = backward_pass(student, inputs, 6, 3, eps=1e-12)
    dx, stretch = gradients["dx"], x - x.mean(axis=0)
    size = np.abs(dx).sum(axis=0)
    expect.gradient("dx", dx)
    expect.close("the sum of dx over the batch", dx.sum(axis=0), np.zeros(3), scale=size)
    along = (dx * stretch).sum(axis=0)
    expect.close("the sum of dx·(x - mean)", along, np.zeros(3), scale=size * np.abs(stretch).max())


@invariances.follow_through
def invariances_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = backward_pass(student, inputs, 6, 3, eps=1e-12)
    expect_own(student, expect, gradients, asked, names=("dx",), eps=1e-12)


def two_passes(student, inputs):
    """Return the gradients of two backward passes that were made in the other order, with what they were asked for."""
    layers = [(batch(inputs, n, 3), layer(inputs, 3)) for n in (4, 6)]
    upstream = [inputs.normal(4, 3), inputs.normal(6, 3)]
    forwards = [
        student.at(f"layer {number}").batchnorm_forward(x, *parameters)
        for number, (x, parameters) in enumerate(layers, start=1)
    ]
    for number in (2, 1):
        (x, parameters), (y, cache, _), dy = layers[number - 1], forwards[number - 1], upstream[number - 1]
        found = student.at(f"layer {number}").batchnorm_backward(np.asfortranarray(dy), cache=cache)
        yield number, dict(zip(("dx", "dgamma", "dbeta"), found, strict=True)), (x, dy, parameters, y)


@backward.check(points=5)
def two_layers(student, inputs, expect):
    """Each backward pass belongs to its own forward pass"""
    for number, gradients, _ in two_passes(student, inputs):
        for name, gradient in gradients.items():
            expect.gradient(f"{name} of layer {number}", gradient)


@two_layers.follow_through
def two_layers_of_the_own_forward_pass(student, inputs, expect):
    for number, gradients, asked in two_passes(student, inputs):
        expect_own(student, expect, gradients, asked, what=f" of layer {number}")


# ---- identity_parameters


@identity.check(points=5)
def undo_epsilon(student, inputs, expect):
    """They undo a large ε as well"""
    gamma, beta = student.identity_parameters(
        mean=strided(inputs.normal(3)), var=inputs.positive(3) * 0.1, eps=inputs.number(0.2, 0.5)
    )
    expect.reference("gamma", gamma)
    expect.reference("beta", beta)


@identity.check(points=5)
def give_the_batch_back(student, inputs, expect):
    """A batch that is normalized, scaled and shifted with them comes back as it was"""
    x, eps = batch(inputs, 7, 3), 0.02
    gamma, beta = student.identity_parameters(x.mean(axis=0), x.var(axis=0), eps)
    expect.close("the batch", gamma * ((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)) + beta, x)
