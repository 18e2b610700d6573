"""What is asked of batch normalisation, and what must hold of the answers.

ε is about as large as the variance where its place matters; N, D and the batch's statistics differ from the running
ones and from one another; upstream gradients are random, never ones. A backward pass earns its points also where it is
right for what the student's own forward pass computes, by that pass's numerical derivative or by the usual formulas on
its own normalised values.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import (
    Laid,
    Suite,
    all_resemble,
    carried,
    equal,
    mapping,
    opaque,
    own_slopes,
    provided_alike,
    refuses,
    returns,
    same,
)

suite = Suite(
    {
        "batchnorm_forward": returns("y", opaque("cache"), mapping("running", "mean", "var")),
        "batchnorm_backward": returns("dx", "dgamma", "dbeta"),
        "identity_parameters": returns("gamma", "beta"),
    }
)


SMALL = 0.03  # a spread beside which the default ε shows


def batch(draw, n, d, *, scale=1.0):
    """A batch whose features have means and spreads of their own, no two rows of a feature alike."""
    steps = np.arange(n).reshape(n, 1) * 0.11
    return (draw.normal(n, d) + steps) * draw.positive(d) * scale + draw.normal(d)


def layer(draw, d):
    """Scale, shift and running statistics in general position."""
    running = {"mean": draw.normal(d), "var": draw.positive(d, least=0.5, most=3.0)}
    return draw.apart(d, least=0.5), draw.apart(d), running


# ---- forward


@suite.public(
    "batchnorm_forward",
    "reference",
    "In training, every feature is normalised over the batch, scaled and shifted",
    points=6,
)
def normalises_the_batch(ask, draw):
    y, _, _ = ask.batchnorm_forward(batch(draw, 6, 3, scale=SMALL), *layer(draw, 3))
    yield same("y", y)


@suite.public(
    "batchnorm_forward", "reference", "In training, the running statistics move towards those of the batch", points=5
)
def moves_the_running_statistics(ask, draw):
    _, _, running = ask.batchnorm_forward(batch(draw, 5, 3), *layer(draw, 3), momentum=0.3)
    yield same('running["mean"]', running["mean"])
    yield same('running["var"]', running["var"])


@suite.public(
    "batchnorm_forward", "reference", "In evaluation, the running statistics are used, and stay as they are", points=5
)
def evaluates_with_running_statistics(ask, draw):
    gamma, beta, statistics = layer(draw, 3)
    statistics["var"] = statistics["var"] * SMALL**2
    y, _, running = ask.batchnorm_forward(batch(draw, 4, 3), gamma, beta, statistics, training=False)
    yield same("y", y)
    yield equal('running["mean"]', running["mean"], statistics["mean"])
    yield equal('running["var"]', running["var"], statistics["var"])


@suite.hidden(
    "batchnorm_forward", "reference", "ε stands inside the root, beside the biased variance, in training", points=6
)
def epsilon_in_training(ask, draw):
    for n, scale, eps in ((4, 0.1, 0.02), (2, 0.3, 0.05), (9, 1.0, 0.7)):
        y, _, _ = ask.at(f"eps={eps}").batchnorm_forward(batch(draw, n, 3, scale=scale), *layer(draw, 3), eps=eps)
        yield same(f"y for eps={eps}", y)


@suite.hidden(
    "batchnorm_forward", "reference", "ε stands inside the root in evaluation, also for a batch of one", points=4
)
def epsilon_in_evaluation(ask, draw):
    for n, eps in ((1, 0.4), (5, 0.05), (2, 1e-5)):
        gamma, beta, statistics = layer(draw, 4)
        statistics["var"] = statistics["var"] * 0.1
        y, _, running = ask.at(f"eps={eps}").batchnorm_forward(
            batch(draw, n, 4), gamma, beta, statistics, False, 0.4, eps
        )
        yield same(f"y for eps={eps}", y)
        yield equal('running["mean"]', running["mean"], statistics["mean"])
        yield equal('running["var"]', running["var"], statistics["var"])


@suite.hidden(
    "batchnorm_forward",
    "reference",
    "The variance that enters the running one divides by N-1; momentum weighs the new batch",
    points=6,
)
def unbiased_running_variance(ask, draw):
    for n, momentum in ((3, 0.2), (2, 1.0), (7, 0.0), (4, 0.65)):
        x = Laid(batch(draw, n, 3), "F")
        _, _, running = ask.at(f"N={n}, momentum={momentum}").batchnorm_forward(x, *layer(draw, 3), True, momentum)
        yield same(f'running["mean"] for N={n}, momentum={momentum}', running["mean"])
        yield same(f'running["var"] for N={n}, momentum={momentum}', running["var"])


@suite.hidden("batchnorm_forward", "reference", "Three batches of training, then one of evaluation", points=5)
def trains_then_evaluates(ask, draw):
    gamma, beta, _ = layer(draw, 3)
    running = {"mean": np.zeros(3), "var": np.full(3, SMALL**2)}
    for step in range(1, 4):
        x = Laid(batch(draw, 5, 3, scale=SMALL), "strided")
        ask.at(f"batch {step}")
        y, _, running = ask.batchnorm_forward(x=x, gamma=gamma, beta=beta, running=running, training=True)
        yield same(f"y of batch {step}", y)
    y, _, _ = ask.at("evaluation").batchnorm_forward(batch(draw, 2, 3), gamma, beta, running, training=False)
    yield same("y in evaluation", y)


@suite.hidden(
    "batchnorm_forward", "property", "The mean of y is beta, its spread gamma, whatever the batch's own are", points=3
)
def mean_and_spread(ask, draw):
    x, (gamma, beta, running) = batch(draw, 8, 3), layer(draw, 3)
    y, _, _ = ask.batchnorm_forward(x, gamma, beta, running, eps=1e-12)
    yield same("y", y)
    yield equal("the mean of y", np.mean(y, axis=0), beta)
    yield equal("the standard deviation of y", np.std(y, axis=0), np.abs(gamma))
    moved, _, _ = ask.at("x moved and stretched").batchnorm_forward(3.0 * x + 2.0, gamma, beta, running, eps=1e-12)
    yield equal("y for x moved and stretched", moved, y)


@suite.hidden("batchnorm_forward", "error", "Training on fewer than two examples is a ValueError", points=3)
def one_example_is_refused(ask, draw):
    gamma, beta, running = layer(draw, 3)
    y, _, _ = ask.at("N=2").batchnorm_forward(batch(draw, 2, 3, scale=SMALL), gamma, beta, running)
    yield same("y for two examples", y)
    yield refuses(ask.at("N=1").batchnorm_forward(draw.normal(1, 3), gamma, beta, running), "N=1 in training")


# ---- backward


def usual_backward(y, x, dy, gamma, beta, *, training):
    """The usual formulas on the student's own normalised values: dx by two readings of its own 1/σ, dγ.

    Where a forward pass divides each feature by one number, differences down a column show it; where it divides each
    example, differences along a row do.
    """
    x_hat = (y - beta) / gamma
    steps = (
        (x_hat[1:2] - x_hat[0:1]) / (x[1:2] - x[0:1]),
        (x_hat[:, 1:2] - x_hat[:, 0:1]) / (x[:, 1:2] - x[:, 0:1]),
    )
    inner = dy - np.mean(dy, axis=0) - x_hat * np.mean(dy * x_hat, axis=0) if training else dy
    return [gamma * step * inner for step in steps], np.sum(dy * x_hat, axis=0)


def without_mean(y):
    """What is left of y without the mean of each feature, which beta alone would give it."""
    return y - np.mean(y, axis=0)


def shows_normalising(ask, x, y, arguments, options):
    """Say whether the student's own forward pass, right or wrong, leaves anything to differentiate but gamma·x + beta.

    Elements depend on one another in training, and statistics move or stretch them in evaluation.
    """
    gamma, beta, _ = arguments
    if not options["training"]:
        return np.max(np.abs((y - beta) / gamma - x)) > 1e-3
    one, others = np.zeros(x.shape), np.ones(x.shape)
    one[-1, 0], others[-1, 0] = 1.0, 0.0
    moved, _, _ = ask.at("one element moved").batchnorm_forward(x + one, *arguments, **options)
    ask.at("your own forward pass")
    return np.max(np.abs((moved - y) * others)) > 1e-3


def backward_claims(ask, draw, n, d, *, training, eps, scale=1.0, asked=("dx", "dgamma", "dbeta")):
    """Ask for one backward pass; yield what its results must be, errors of the forward pass carried forward."""
    x, dy, (gamma, beta, running) = batch(draw, n, d, scale=scale), draw.normal(n, d), layer(draw, d)
    options = {"training": training, "eps": eps}
    y, cache, _ = ask.batchnorm_forward(x, gamma, beta, running, **options)
    gradients = dict(zip(("dx", "dgamma", "dbeta"), ask.batchnorm_backward(dy, cache), strict=True))
    own_dx, own_dgamma = usual_backward(y, x, dy, gamma, beta, training=training)
    usual = {"dx": own_dx, "dgamma": [own_dgamma], "dbeta": []}
    own = [("batchnorm_forward", without_mean(y))]
    guard = np.logical_and(all_resemble(own), shows_normalising(ask, x, y, (gamma, beta, running), options))
    losses = {
        "dx": (x, lambda at: np.sum(dy * ask.batchnorm_forward(at, gamma, beta, running, **options)[0])),
        "dgamma": (gamma, lambda at: np.sum(dy * ask.batchnorm_forward(x, at, beta, running, **options)[0])),
        "dbeta": (beta, lambda at: np.sum(dy * ask.batchnorm_forward(x, gamma, at, running, **options)[0])),
    }
    for name in asked:
        at, loss = losses[name]
        actual, mend = gradients[name], "batchnorm_forward"
        or_else = [own_slopes(mend, actual, loss=loss, at=at, draw=draw, guard=guard)]
        or_else += [carried(mend, actual, formula, guard) for formula in usual[name]]
        yield provided_alike(own, same(name, actual, or_else=or_else))


@suite.public(
    "batchnorm_backward", "gradient", "In training, dx follows x also through the batch's mean and variance", points=9
)
def dx_in_training(ask, draw):
    yield from backward_claims(ask, draw, 5, 3, training=True, eps=1e-5, asked=("dx",))


@suite.public("batchnorm_backward", "gradient", "dgamma and dbeta gather the gradients of all examples", points=5)
def parameters_in_training(ask, draw):
    yield from backward_claims(ask, draw, 4, 3, training=True, eps=1e-5, asked=("dgamma", "dbeta"))


@suite.hidden(
    "batchnorm_backward",
    "gradient",
    "In training, all gradients are right for a large ε and for small batches",
    points=9,
)
def large_epsilon(ask, draw):
    yield from backward_claims(ask.at("N=7"), draw, 7, 3, training=True, eps=0.05, scale=0.2)
    yield from backward_claims(ask.at("N=4"), draw, 4, 3, training=True, eps=0.3)


@suite.hidden("batchnorm_backward", "gradient", "In evaluation, mean and variance are constants", points=9)
def in_evaluation(ask, draw):
    yield from backward_claims(ask.at("N=4"), draw, 4, 3, training=False, eps=0.2)
    yield from backward_claims(ask.at("N=2"), draw, 2, 3, training=False, eps=1e-5)


@suite.hidden(
    "batchnorm_backward",
    "property",
    "Moving or stretching a feature changes nothing, so dx has no part along either",
    points=5,
)
def invariances(ask, draw):
    x, dy, (gamma, beta, running) = batch(draw, 6, 3), draw.normal(6, 3), layer(draw, 3)
    y, cache, _ = ask.batchnorm_forward(x, gamma, beta, running, eps=1e-12)
    dx, _, _ = ask.batchnorm_backward(dy, cache)
    size, stretch = np.sum(np.abs(dx), axis=0), x - x.mean(axis=0)
    own_dx, _ = usual_backward(y, x, dy, gamma, beta, training=True)
    own = [("batchnorm_forward", without_mean(y))]
    or_else = [carried("batchnorm_forward", dx, formula, all_resemble(own)) for formula in own_dx]
    yield provided_alike(own, same("dx", dx, or_else=or_else))
    claim = equal("the sum of dx over the batch", np.sum(dx, axis=0), np.zeros(3), scale=size, or_else=or_else)
    yield provided_alike(own, claim)
    along, scale = np.sum(dx * stretch, axis=0), size * np.abs(stretch).max()
    claim = equal("the sum of dx·(x - mean)", along, np.zeros(3), scale=scale, or_else=or_else)
    yield provided_alike(own, claim)


@suite.hidden("batchnorm_backward", "gradient", "Each backward pass belongs to its own forward pass", points=5)
def two_layers(ask, draw):
    inputs = [(batch(draw, n, 3), *layer(draw, 3)) for n in (4, 6)]
    upstream = [draw.normal(4, 3), draw.normal(6, 3)]
    forward = [ask.at(f"layer {number}").batchnorm_forward(*each) for number, each in enumerate(inputs, start=1)]
    for number in (2, 1):
        (x, gamma, beta, _), (y, cache, _), dy = inputs[number - 1], forward[number - 1], upstream[number - 1]
        dx, dgamma, dbeta = ask.at(f"layer {number}").batchnorm_backward(Laid(dy, "F"), cache=cache)
        own_dx, own_dgamma = usual_backward(y, x, dy, gamma, beta, training=True)
        own = [("batchnorm_forward", without_mean(y))]
        guard, mend = all_resemble(own), "batchnorm_forward"
        or_else = [carried(mend, dx, formula, guard) for formula in own_dx]
        yield provided_alike(own, same(f"dx of layer {number}", dx, or_else=or_else))
        or_else = [carried(mend, dgamma, own_dgamma, guard)]
        yield provided_alike(own, same(f"dgamma of layer {number}", dgamma, or_else=or_else))
        yield same(f"dbeta of layer {number}", dbeta)


# ---- identity_parameters


@suite.public("identity_parameters", "reference", "These gamma and beta undo the normalisation", points=5)
def undo_the_normalisation(ask, draw):
    gamma, beta = ask.identity_parameters(draw.normal(4), draw.positive(4) * SMALL**2)
    yield same("gamma", gamma)
    yield same("beta", beta)


@suite.hidden("identity_parameters", "reference", "They undo a large ε as well", points=5)
def undo_epsilon(ask, draw):
    gamma, beta = ask.identity_parameters(
        mean=Laid(draw.normal(3), "strided"), var=draw.positive(3) * 0.1, eps=draw.number(0.2, 0.5)
    )
    yield same("gamma", gamma)
    yield same("beta", beta)


@suite.hidden(
    "identity_parameters",
    "property",
    "A batch that is normalised, scaled and shifted with them comes back as it was",
    points=5,
)
def give_the_batch_back(ask, draw):
    x, eps = batch(draw, 7, 3), 0.02
    gamma, beta = ask.identity_parameters(x.mean(axis=0), x.var(axis=0), eps)
    yield equal("the batch", gamma * ((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)) + beta, x)
