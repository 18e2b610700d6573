"""Hidden checks of batch normalization, and what decides a backward pass whose own forward pass is wrong.

Such a backward pass is right where it is what the usual formulas give for the student's own normalized values and
spreads, for the right ones, or for some of both: fixing the forward pass is then enough, unless it computes them again.
Where it is the derivative of what that forward pass really computes, it repeats the mistake.
"""

from __future__ import annotations

import itertools

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


@forward.check(points=3)
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
        gamma, beta, statistics = layer(inputs, 4, scale=SMALL if eps < 0.01 else 0.3)
        x = batch(inputs, n, 4, scale=1.0)
        y, _, running = student.at(f"eps={eps}").batchnorm_forward(x, gamma, beta, statistics, False, 0.4, eps)
        expect.reference(f"y for eps={eps}", y)
        expect.close(f'running["mean"] for eps={eps}', running["mean"], statistics["mean"])
        expect.close(f'running["var"] for eps={eps}', running["var"], statistics["var"])


@forward.check(points=4)
def momentum_weighs_the_new_batch(student, inputs, expect):
    """Momentum is the weight of the new batch in the running statistics, 0.1 if it is not given"""
    for n, momentum in ((3, 0.2), (2, 1.0), (7, 0.0), (70, 0.65), (5, None)):
        x, (gamma, beta, old) = np.asfortranarray(batch(inputs, n, 3, scale=SMALL)), layer(inputs, 3, scale=SMALL)
        case, given = f"N={n}, momentum={momentum}", () if momentum is None else (True, momentum)
        _, _, running = student.at(case).batchnorm_forward(x, gamma, beta, old, *given)
        expect.reference(f'running["mean"] for {case}', running["mean"])
        # Which variance enters is the question of a check of its own.
        weight = 0.1 if momentum is None else momentum
        either = [(1 - weight) * old["var"] + weight * x.var(axis=0, ddof=ddof) for ddof in (1, 0)]
        nearest = min(either, key=lambda var: np.abs(running["var"] - var).max())
        expect.close(f'running["var"] for {case}', running["var"], nearest)


@forward.check(points=3)
def trains_then_evaluates(student, inputs, expect):
    """Twelve batches of training, then one of evaluation, by the running statistics that came of it"""
    gamma, beta, _ = layer(inputs, 3)
    running = {"mean": np.zeros(3), "var": np.ones(3)}
    for step in range(1, 13):
        y, _, running = student.at(f"batch {step}").batchnorm_forward(
            x=strided(batch(inputs, 5, 3)), gamma=gamma, beta=beta, running=running, training=True
        )
        if step in (1, 2, 12):
            expect.reference(f"y of batch {step}", y)
    expect.reference('running["mean"] after all', running["mean"])
    x = batch(inputs, 2, 3)
    y, _, _ = student.at("evaluation").batchnorm_forward(x, gamma, beta, running, training=False)
    expect.close("y in evaluation", y, gamma * (x - running["mean"]) / np.sqrt(running["var"] + 1e-5) + beta)


@forward.check(points=1)
def mean_and_spread(student, inputs, expect):
    """The mean of y is beta, its spread gamma, whatever the batch's own are"""
    x, (gamma, beta, running) = batch(inputs, 8, 3), layer(inputs, 3)
    y, _, _ = student.batchnorm_forward(x, gamma, beta, running, eps=1e-12)
    expect.reference("y", y)
    expect.close("the mean of y", y.mean(axis=0), beta)
    expect.close("the standard deviation of y", y.std(axis=0), np.abs(gamma))
    moved, _, _ = student.at("x moved and stretched").batchnorm_forward(3 * x + 2, gamma, beta, running, eps=1e-12)
    expect.close("y for x moved and stretched", moved, y)


def special_layers(inputs):
    """Yield a label, x and the parameters of layers in which something is 0, or alone."""
    yield "a single feature", batch(inputs, 4, 1), layer(inputs, 1), {}
    gamma, beta, running = layer(inputs, 3)
    gamma[1] = 0.0
    yield "a gamma of 0", batch(inputs, 5, 3), (gamma, beta, running), {}
    x = batch(inputs, 4, 2)
    x[:, 0] = 0.5
    yield "a constant feature", x, layer(inputs, 2), {"eps": 1.0}


@forward.check(points=3)
def special_features(student, inputs, expect):
    """A single feature, a constant one and a gamma of 0 are nothing special"""
    for what, x, parameters, options in special_layers(inputs):
        y, _, _ = student.at(what).batchnorm_forward(x, *parameters, **options)
        expect.reference(f"y of {what}", y)


@forward.check(points=1)
def one_example_is_refused(student, inputs, expect):
    """Training on fewer than two examples is a ValueError; nothing else is"""
    parameters = layer(inputs, 3)
    with expect.raises(ValueError, "N=1 in training"):
        student.at("N=1").batchnorm_forward(inputs.normal(1, 3), *parameters)
    student.at("N=2").batchnorm_forward(batch(inputs, 2, 3), *parameters)
    student.at("N=1 in evaluation").batchnorm_forward(inputs.normal(1, 3), *parameters, training=False)


# ---- backward


NAMES = ("dx", "dgamma", "dbeta")


def backward_pass(student, x, dy, parameters, **options):
    """Return the gradients of one backward pass by name, with what it was asked for."""
    y, cache, _ = student.batchnorm_forward(x, *parameters, **options)
    return dict(zip(NAMES, student.batchnorm_backward(dy, cache), strict=True)), (x, dy, parameters, y)


def drawn_pass(student, inputs, n, d, *, scale=None, **options):
    """Draw a batch, and return what `backward_pass` does; without a scale, it is one beside which no ε shows.

    The gradients of many examples are large, and 0 for one of them.
    """
    x = batch(inputs, n, d) if scale is None else batch(inputs, n, d, scale=scale)
    dy, parameters = inputs.normal(n, d), layer(inputs, d) if scale is None else layer(inputs, d, scale=scale)
    if n > 16:
        dy *= 300.0
        dy[0] = 0.0
    return backward_pass(student, x, dy, parameters, **options)


def expect_own(student, expect, gradients, asked, *, names=NAMES, what="", **options):
    """Expect gradients that are right for the student's own forward pass, or for the right one, or for some of both.

    Return whether that decides something: only where the own forward pass leaves about as much to get right as the
    right one. Where it doesn't in all of several cases, one that does decides.
    """
    x, dy, (gamma, beta, running), y = asked
    training, eps = options.get("training", True), options.get("eps", 1e-5)
    right_y = expect.recorded(f"y{what}", y)
    decides = np.allclose(y, right_y, 1e-6, 1e-6)
    expect.provided_right(decides)
    var = x.var(axis=0) if training else running["var"]
    right_hat = (x - (x.mean(axis=0) if training else running["mean"])) / np.sqrt(var + eps)
    own_hat, by_feature, goes_by_running = own_normalizing(student, asked, options)
    shows = shows_normalizing(student, x, y, (gamma, beta, running), options)
    comparable = goes_by_running or (shows and are_comparable(y, right_y))
    steps = [1 / np.sqrt(var + eps)]
    own_steps = [by_feature if goes_by_running else np.where(x[1] == x[0], steps[0], by_feature)]
    if x.shape[1] > 1:  # the own 1/σ, where it divides each example by one number
        own_steps.append((own_hat[:, 1:2] - own_hat[:, 0:1]) / (x[:, 1:2] - x[:, 0:1]))
    usual = usual_gradients(dy, gamma, [right_hat], steps, training)
    given = usual_gradients(dy, gamma, [right_hat, own_hat], steps + own_steps, training)
    places = {"dx": (x, 0), "dgamma": (gamma, 1), "dbeta": (beta, 2)}
    follow = []
    for name in names:
        at, place = places[name]

        def loss(value, place=place):
            arguments = [x, gamma, beta]
            arguments[place] = value
            return np.sum(dy * student.batchnorm_forward(*arguments, running, **options)[0])

        own = numerical_gradient(loss, at, step=1e-5 * max(1.0, np.abs(at).max() / 10))
        right_gradient = expect.recorded(f"the right {name}{what}", gradients[name])
        # A function that notices these calls may make up any slopes: they have to run along the right ones.
        along = resembles(own, right_gradient, cosine=0.7 if name == "dx" else 0.95)
        repeats = [own] if along and shows else []
        decisive = [right_gradient, *repeats, *(given if comparable else usual)[name]]
        room = 1e-3 * np.abs(gradients[name]).max()
        follow.append(any(np.abs(gradients[name] - answer).max() <= room for answer in decisive))
        expect.follows(f"{name}{what}", gradients[name], given=[right_gradient, *given[name]], repeats=repeats)
    return decides or all(follow)


def own_normalizing(student, asked, options):
    """Return the student's own normalized values, and the own 1/σ where it divides each feature by one number.

    With them comes whether that goes by the running variances: is it about half as large where they are four times as
    large? What comes of that, right or wrong, is as long a way, in training too. Of a constant feature, it can't be
    seen but for other x.
    """
    x, _, (gamma, beta, running), y = asked
    scale, constant = np.where(gamma == 0, 1.0, gamma), x[1] == x[0]
    wider = {"mean": running["mean"], "var": 4 * running["var"]}
    if not gamma.all():
        y, _, _ = student.batchnorm_forward(x, scale, beta, running, **options)
    own_hat = (y - beta) / scale
    moved, moved_y = x.copy(), y
    if constant.any():
        moved[1] += constant
        moved_y, _, _ = student.batchnorm_forward(moved, scale, beta, running, **options)
    wider_y, _, _ = student.batchnorm_forward(moved, scale, beta, wider, **options)
    rise, wider_rise = moved_y[1] - moved_y[0], wider_y[1] - wider_y[0]
    by_feature = rise / scale / (moved[1] - moved[0])
    share = wider_rise / rise
    return own_hat, by_feature, bool(np.all((share > 0.1) & (share < 0.75)))


def usual_gradients(dy, gamma, hats, steps, training):
    """Return what the usual formulas give for any of some normalized values and any of some 1/σ, by name."""
    inner = [dy - dy.mean(axis=0) - hat * (dy * hat).mean(axis=0) if training else dy for hat in hats]
    return {
        "dx": [gamma * step * each for step, each in itertools.product(steps, inner)],
        "dgamma": [(dy * hat).sum(axis=0) for hat in hats],
        "dbeta": [dy.sum(axis=0)],
    }


def are_comparable(y, right):
    """Say whether the student's own y varies over the batch about as the right one does, and as much."""
    centered, right_centered = y - y.mean(axis=0), right - right.mean(axis=0)
    share = np.sum(centered**2) / np.sum(right_centered**2)
    return resembles(centered, right_centered) and 1 / 16 < share < 16


def shows_normalizing(student, x, y, parameters, options):
    """Say whether the student's own forward pass, right or wrong, leaves more to differentiate than gamma·x + beta.

    The elements of a feature depend on one another, or, in evaluation, on the running statistics.
    """
    gamma, beta, running = parameters
    change, others = np.zeros(x.shape), np.ones(x.shape)
    change[-1, 0], others[-1, 0] = x[:, 0].std() + 1.0, 0.0
    by_another, _, _ = student.batchnorm_forward(x + change, *parameters, **options)
    wider = {"mean": running["mean"], "var": 4 * running["var"]}
    by_statistics, _, _ = student.batchnorm_forward(x, gamma, beta, wider, **options)
    depends_on_another = np.max(np.abs((by_another - y) * others)) > 1e-3
    return depends_on_another or (not options.get("training", True) and np.max(np.abs(by_statistics - y)) > 1e-3)


@dx_in_training.follow_through
def dx_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = drawn_pass(student, inputs, 5, 3)
    expect.nondegenerate(expect_own(student, expect, gradients, asked, names=("dx",)))


@parameters_in_training.follow_through
def parameters_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = drawn_pass(student, inputs, 4, 3)
    expect.nondegenerate(expect_own(student, expect, gradients, asked, names=("dgamma", "dbeta")))


def add_backward_check(points, title, cases, name):
    """Add a check of all three gradients in several cases, with its follow-through."""

    def main(student, inputs, expect):
        for n, scale, options in cases:
            gradients, _ = drawn_pass(student.at(f"N={n}"), inputs, n, 3, scale=scale, **options)
            for output, gradient in gradients.items():
                expect.gradient(f"{output} for N={n}", gradient)

    def own(student, inputs, expect):
        decide = []
        for n, scale, options in cases:
            if n == 1:
                continue  # how one example is normalized can't be seen
            gradients, asked = drawn_pass(student, inputs, n, 3, scale=scale, **options)
            decide.append(expect_own(student, expect, gradients, asked, what=f" for N={n}", **options))
        expect.nondegenerate(any(decide))

    main.__name__ = name
    backward.check(points=points, title=title)(main).follow_through(own)


add_backward_check(
    8,
    "In training, all gradients are right for a large ε and for small batches",
    ((20, 0.2, {"eps": 0.05}), (4, 1.0, {"eps": 0.3})),
    "large_epsilon",
)
add_backward_check(
    6,
    "In evaluation, mean and variance are constants",
    ((4, None, {"training": False}), (2, None, {"training": False, "eps": 1e-5})),
    "in_evaluation",
)
add_backward_check(
    5,
    "In evaluation, all gradients are right for a large ε, also for a batch of one",
    (
        (3, 1.0, {"training": False, "eps": 0.2}),
        (1, 1.0, {"training": False, "eps": 0.4}),
        (5, 0.3, {"training": False, "eps": 0.05}),
    ),
    "large_epsilon_in_evaluation",
)


@backward.check(points=4)
def invariances(student, inputs, expect):
    """Moving or stretching a feature changes nothing, so dx has no part along either"""
    gradients, (x, _, _, _) = drawn_pass(student, inputs, 6, 3, eps=1e-12)
    dx, stretch = gradients["dx"], x - x.mean(axis=0)
    size = np.abs(dx).sum(axis=0)
    expect.gradient("dx", dx)
    expect.close("the sum of dx over the batch", dx.sum(axis=0), np.zeros(3), scale=size)
    along = (dx * stretch).sum(axis=0)
    expect.close("the sum of dx·(x - mean)", along, np.zeros(3), scale=size * np.abs(stretch).max())


@invariances.follow_through
def invariances_of_the_own_forward_pass(student, inputs, expect):
    gradients, asked = drawn_pass(student, inputs, 6, 3, eps=1e-12)
    expect.nondegenerate(expect_own(student, expect, gradients, asked, names=("dx",), eps=1e-12))


LAYERS = ({}, {"eps": 0.4}, {"eps": 0.15}, {"training": False, "eps": 0.9})


def interleaved_passes(student, inputs):
    """Yield several backward passes of layers of one shape, in another order than the forward passes."""
    layers = [(batch(inputs, 4, 3, scale=1.0), layer(inputs, 3, scale=1.0), inputs.normal(4, 3)) for _ in LAYERS]
    forwards = [
        student.at(f"layer {number}").batchnorm_forward(x, *parameters, **options)
        for number, ((x, parameters, _), options) in enumerate(zip(layers, LAYERS, strict=True), start=1)
    ]
    for number in (2, 4, 3, 1):
        (x, parameters, dy), (y, cache, _), options = layers[number - 1], forwards[number - 1], LAYERS[number - 1]
        found = student.at(f"layer {number}").batchnorm_backward(dy=np.asfortranarray(dy), cache=cache)
        yield number, dict(zip(NAMES, found, strict=True)), (x, dy, parameters, y), options


@backward.check(points=5)
def two_layers(student, inputs, expect):
    """Each backward pass belongs to its own forward pass, whatever comes between them"""
    for number, gradients, _, _ in interleaved_passes(student, inputs):
        for name, gradient in gradients.items():
            expect.gradient(f"{name} of layer {number}", gradient)


@two_layers.follow_through
def two_layers_of_the_own_forward_pass(student, inputs, expect):
    decide = [
        expect_own(student, expect, gradients, asked, what=f" of layer {number}", **options)
        for number, gradients, asked, options in interleaved_passes(student, inputs)
    ]
    expect.nondegenerate(any(decide))


def special_passes(student, inputs):
    """Yield a label and the gradients of special layers, with what was asked for."""
    for what, x, parameters, options in special_layers(inputs):
        dy = inputs.normal(*x.shape)
        yield what, *backward_pass(student.at(what), x, dy, parameters, **options), options


@backward.check(points=3)
def gradients_of_special_features(student, inputs, expect):
    """A single feature, a constant one and a gamma of 0 are nothing special"""
    for what, gradients, _, _ in special_passes(student, inputs):
        for name, gradient in gradients.items():
            expect.gradient(f"{name} of {what}", gradient)


@gradients_of_special_features.follow_through
def gradients_of_own_special_features(student, inputs, expect):
    decide = []
    for what, x, parameters, options in special_layers(inputs):
        dy = inputs.normal(*x.shape)
        y, cache, _ = student.going_on.batchnorm_forward(x, *parameters, **options)
        asked = student if expect.usable(cache) else student.going_on
        gradients = dict(zip(NAMES, asked.batchnorm_backward(dy, cache), strict=True))
        if expect.usable(y):
            own = x, dy, parameters, y
            decide.append(expect_own(student, expect, gradients, own, what=f" of {what}", **options))
            continue
        expect.nondegenerate(len(decide) == 2)  # the last case: no other calls would be told from these
        for name, gradient in gradients.items():
            right = expect.recorded(f"the right {name} of {what}", gradient)
            expect.nondegenerate(not expect.usable(gradient) or np.allclose(gradient, right, 1e-5, 1e-5))
    expect.nondegenerate(any(decide))


# ---- identity_parameters


@identity.check(points=5)
def undo_epsilon(student, inputs, expect):
    """They undo a large ε as well"""
    var = inputs.positive(3) * 0.1
    var[1] = 0.0  # of a feature that is constant
    gamma, beta = student.identity_parameters(mean=strided(inputs.normal(3)), var=var, eps=inputs.number(0.2, 0.5))
    expect.reference("gamma", gamma)
    expect.reference("beta", beta)
    gamma, beta = student.at("three others").identity_parameters(inputs.normal(3), inputs.positive(3) * 0.1, 0.3)
    expect.reference("gamma of three others", gamma)
    expect.reference("beta of three others", beta)
    alone = inputs.normal(1), inputs.positive(1) * 0.1, inputs.number(0.2, 0.5)
    gamma, beta = student.at("one feature").identity_parameters(*alone)
    expect.reference("gamma of one feature", gamma)
    expect.reference("beta of one feature", beta)


@identity.check(points=5)
def give_the_batch_back(student, inputs, expect):
    """A batch that is normalized, scaled and shifted with them comes back as it was"""
    x, eps = batch(inputs, 7, 20, scale=1.0), 0.02
    x[:, 0] += 300.0
    gamma, beta = student.identity_parameters(x.mean(axis=0), x.var(axis=0), eps)
    expect.close("the batch", gamma * ((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)) + beta, x)
