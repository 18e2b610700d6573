"""What is asked of nonlinearities, the linear layer and the small network, and what must hold of the answers.

Inputs have both signs, some are large enough to overflow an exponential; N, D, H and M differ; upstream gradients are
random, never ones. A backward pass earns its points also where it is right for what the student's own forward pass
computes, and the network where it is built on layers that are wrong themselves.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import (
    Laid,
    Suite,
    aligned_slopes,
    all_resemble,
    carried,
    equal,
    mapping,
    opaque,
    own_slopes,
    provided_alike,
    provided_right,
    returns,
    same,
)

NAMES = ("W1", "b1", "W2", "b2")
FORWARDS = ("sigmoid", "tanh", "relu", "softplus")
suite = Suite(
    {
        **{
            name: part
            for each in FORWARDS
            for name, part in ((each, returns("y")), (f"{each}_backward", returns("dx")))
        },
        "linear_forward": returns("y", opaque("cache")),
        "linear_backward": returns("dx", "dW", "db"),
        "mlp_loss_and_gradients": returns("loss", mapping("grads", *NAMES)),
    }
)

# Far enough out that e^x overflows in single and in double precision, and that nothing but the tail is left.
FAR = np.array([-1000.0, -750.0, -104.5, -90.0, -37.5, 0.0, 1.25, 37.5, 90.0, 104.5, 750.0, 1000.0])


# ---- nonlinearities

VALUES = {
    "sigmoid": "Every element goes through 1/(1 + e^-x)",
    "tanh": "Every element goes through the hyperbolic tangent",
    "relu": "Positive elements stay, all others become 0",
    "softplus": "Every element goes through log(1 + e^x)",
}


def add_forward(name, public, far, shapes):
    forward = lambda ask, x: getattr(ask, name)(x)

    @suite.public(name, "reference", VALUES[name], points=public)
    def values(ask, draw):
        x = draw.apart(3, 4, most=3.0)
        x[1, 2] = 0.0
        yield same("y", forward(ask, x))

    @suite.hidden(name, "reference", "The result is finite and right up to x = ±1000", points=far)
    def far_out(ask, draw):
        # Close together: a branch that starts too early is met on the way.
        near = np.linspace(-8.8, 8.8, 23) * draw.number(0.95, 1.0)
        yield same("y near 0", forward(ask.at("x near 0"), near))
        yield same("y left of 0", forward(ask.at("x left of 0"), -4 - draw.positive(4, least=0.1, most=3.0)))
        yield same("y far out", forward(ask.at("x up to ±1000"), draw_far(draw)))

    @suite.hidden(
        name, "property", "An element's result depends on that element alone, whatever the shape", points=shapes
    )
    def any_shape(ask, draw):
        for shape, layout in (((7,), "strided"), ((4, 5), "F"), ((2, 3, 4), "C"), ((1, 1), "C")):
            what = f"shape {shape}"
            yield same(f"y for {what}", getattr(ask.at(what), name)(x=Laid(draw.apart(*shape, most=3.0), layout)))


def draw_far(draw):
    """The far inputs, in a random order and not quite at round numbers."""
    return FAR[draw.labels(len(FAR), len(FAR))] * draw.number(0.98, 1.0)


def usual_derivatives(ask, name, x):
    """Slopes as usually computed, by the student's own functions: triples of what to mend, y, and dy/dx."""
    own = getattr(ask, name)(x)
    if name == "sigmoid":
        return [(name, own, own * (1 - own))]
    if name == "tanh":
        return [(name, own, 1 - own**2)]
    if name == "relu":
        return [(name, own, np.where(own > 0, 1.0, 0.0))]
    slope = ask.sigmoid(x)
    return [(name, own, 1 - np.exp(-own)), ("sigmoid", slope, slope)]


def is_nonlinear(ask, name, x):
    """Say whether the student's own nonlinearity, right or wrong, is one: else its slope is no more than a number."""
    at_zero, y = (getattr(ask, name)(part * x) for part in (0.0, 1.0))
    rise = (y - at_zero) / x
    return np.max(rise) - np.min(rise) > 1e-3


def nonlinear_claim(ask, draw, name, x, what, *, layout="C", slopes=True):
    """The claim on one backward pass; also right if it follows the student's own nonlinearity."""
    dy = draw.apart(*x.shape)
    dx = getattr(ask, f"{name}_backward")(Laid(dy, layout), Laid(x, layout))
    loss = lambda at: np.sum(dy * getattr(ask, name)(at))
    usual = usual_derivatives(ask, name, Laid(x, layout))
    parts = [(mend, y - np.mean(y)) for mend, y, _ in usual]
    alike = all_resemble(parts)
    or_else = []
    if slopes:
        guard = np.logical_and(alike, is_nonlinear(ask, name, x))
        or_else.append(own_slopes(name, dx, loss=loss, at=x, draw=draw, guard=guard))
    for mend, _, slope in usual:
        varies = np.max(slope) - np.min(slope) > 1e-3
        or_else.append(carried(mend, dx, dy * slope, np.logical_and(alike, varies)))
    return provided_alike(parts, same(what, dx, or_else=or_else))


SLOPES = {
    "sigmoid": "dx is dy times the slope of the sigmoid at x",
    "tanh": "dx is dy times the slope of tanh at x",
    "relu": "dx is dy where x is positive",
    "softplus": "dx is dy times the slope of softplus at x",
}


def add_backward(name, public, far, general):
    @suite.public(f"{name}_backward", "gradient", SLOPES[name], points=public)
    def slope(ask, draw):
        yield nonlinear_claim(ask, draw, name, draw.apart(3, 4, most=3.0), "dx")

    @suite.hidden(f"{name}_backward", "gradient", "The gradient is finite and right up to x = ±1000", points=far)
    def far_out(ask, draw):
        yield nonlinear_claim(ask.at("x up to ±1000"), draw, name, draw_far(draw), "dx far out", slopes=False)

    @suite.hidden(
        f"{name}_backward", "gradient", "The gradient is right for other shapes, at x = 0 too", points=general
    )
    def elsewhere(ask, draw):
        for shape, layout in (((9,), "strided"), ((2, 3, 4), "F"), ((5, 3), "C")):
            x = draw.apart(*shape, most=3.0)
            what = f"dx for shape {shape}"
            yield nonlinear_claim(ask.at(f"shape {shape}"), draw, name, x, what, layout=layout)
        yield nonlinear_claim(ask.at("x a little larger"), draw, name, draw.apart(6, most=4.0), "dx up to ±4")
        x[1] = 0.0
        yield nonlinear_claim(ask.at("with zeros"), draw, name, x, "dx where some x are 0", slopes=False)


for function, worth in {"sigmoid": (2, 2, 1), "tanh": (2, 2, 1), "relu": (2, 1, 1), "softplus": (2, 3, 1)}.items():
    add_forward(function, *worth)
for function, worth in {"sigmoid": (2, 3, 3), "tanh": (2, 2, 3), "relu": (2, 1, 4), "softplus": (2, 3, 2)}.items():
    add_backward(function, *worth)


# ---- linear layer


def layer(draw, n, d, m):
    """A batch, weights and biases in general position."""
    return draw.normal(n, d), draw.apart(d, m), draw.apart(m)


@suite.public("linear_forward", "reference", "Every row of x is multiplied by W, then b is added", points=4)
def rows_times_weights(ask, draw):
    y, _ = ask.linear_forward(*layer(draw, 4, 3, 2))
    yield same("y", y)


@suite.hidden(
    "linear_forward", "reference", "It is right for a single example, a single feature, a single output", points=4
)
def other_sizes(ask, draw):
    for n, d, m in ((1, 4, 3), (5, 1, 2), (3, 2, 1), (3, 3, 3)):
        x, W, b = layer(draw, n, d, m)
        y, _ = ask.at(f"N={n}, D={d}, M={m}").linear_forward(x=Laid(x, "F"), W=Laid(W, "strided"), b=b)
        yield same(f"y for N={n}, D={d}, M={m}", y)


def between_examples(y, n):
    """What is left of a layer's result without each output's mean, if there are examples enough to have one."""
    return y - np.mean(y, axis=0) if n > 1 else y


def linear_claims(ask, draw, n, d, m, *, asked=("dx", "dW", "db"), layout="C"):
    """Ask for one backward pass; yield what its results must be, errors of the forward pass carried forward."""
    x, W, b = layer(draw, n, d, m)
    dy, sizes = draw.apart(n, m), f"N={n}, D={d}, M={m}"
    y, cache = ask.at(sizes).linear_forward(x, Laid(W, layout), b)
    own = [("linear_forward", between_examples(y, n))]
    gradients = dict(zip(("dx", "dW", "db"), ask.linear_backward(Laid(dy, layout), cache=cache), strict=True))
    losses = {
        "dx": (x, lambda at: np.sum(dy * ask.linear_forward(at, W, b)[0])),
        "dW": (W, lambda at: np.sum(dy * ask.linear_forward(x, at, b)[0])),
        "db": (b, lambda at: np.sum(dy * ask.linear_forward(x, W, at)[0])),
    }
    for name in asked:
        at, loss = losses[name]
        slopes = own_slopes("linear_forward", gradients[name], loss=loss, at=at, draw=draw, guard=all_resemble(own))
        yield provided_alike(own, same(f"{name} for {sizes}", gradients[name], or_else=[slopes]))


@suite.public("linear_backward", "gradient", "dx sends every output's gradient back along its weights", points=4)
def to_the_inputs(ask, draw):
    yield from linear_claims(ask, draw, 4, 3, 2, asked=("dx",))


@suite.public("linear_backward", "gradient", "dW and db gather the gradients of all examples", points=5)
def to_the_parameters(ask, draw):
    yield from linear_claims(ask, draw, 5, 2, 3, asked=("dW", "db"))


@suite.hidden(
    "linear_backward", "gradient", "It is right for a single example, a single feature, a single output", points=5
)
def to_all_sizes(ask, draw):
    for n, d, m in ((1, 4, 3), (5, 1, 2), (3, 2, 1), (3, 3, 3)):
        yield from linear_claims(ask, draw, n, d, m, layout="F")


@suite.hidden(
    "linear_backward",
    "property",
    "Backward is the adjoint of forward: both give the same number for any direction",
    points=3,
)
def adjoint(ask, draw):
    (x, W, b), dy = layer(draw, 6, 4, 3), draw.apart(6, 3)
    y, cache = ask.linear_forward(x, W, b)
    dx, dW, db = ask.linear_backward(dy, cache)
    ways = {"x": draw.apart(6, 4), "W": draw.apart(4, 3), "b": draw.apart(3)}
    changes = {"x": ways["x"] @ W, "W": x @ ways["W"], "b": np.ones((6, 1)) * ways["b"]}
    for name, gradient in (("x", dx), ("W", dW), ("b", db)):
        inputs = {"x": x, "W": W, "b": b}
        moved, _ = ask.at(f"{name} moved").linear_forward(**inputs | {name: inputs[name] + ways[name]})
        along, size = np.sum(gradient * ways[name]), np.abs(dy).sum()
        own = [("linear_forward", between_examples(each, 6)) for each in (y, moved)]
        or_else = [carried("linear_forward", along, np.sum(dy * (moved - y)), all_resemble(own))]
        what = f"d{name} along a direction"
        claim = equal(what, along, np.sum(dy * changes[name]), scale=size, or_else=or_else)
        yield provided_alike(own, claim)


@suite.hidden("linear_backward", "gradient", "Each backward pass belongs to its own forward pass", points=2)
def two_layers(ask, draw):
    layers = [layer(draw, 4, 3, 2), layer(draw, 4, 2, 5)]
    upstream = [draw.apart(4, 2), draw.apart(4, 5)]
    caches = [ask.at(f"layer {number}").linear_forward(*each)[1] for number, each in enumerate(layers, start=1)]
    for number in (1, 0):
        dx, dW, db = ask.at(f"layer {number + 1}").linear_backward(upstream[number], caches[number])
        for name, gradient in (("dx", dx), ("dW", dW), ("db", db)):
            yield same(f"{name} of layer {number + 1}", gradient)


# ---- network

LAYERS = "tanh, linear_forward or their backward passes"


def network(draw, n, d, h, m):
    """Parameters, inputs and targets; no hidden unit is saturated."""
    params = {"W1": draw.apart(d, h, most=0.9), "b1": draw.apart(h), "W2": draw.apart(h, m), "b2": draw.apart(m)}
    return params, draw.normal(n, d), draw.normal(n, m)


def own_network(ask, params, x, t):
    """Loss and gradients as they come out of the student's own layers, and what each gave on the way there and back."""
    a, first = ask.linear_forward(x, params["W1"], params["b1"])
    h = ask.tanh(a)
    f, second = ask.linear_forward(h, params["W2"], params["b2"])
    dh, dW2, db2 = ask.linear_backward(2 * (f - t) / len(x), second)
    da = ask.tanh_backward(dh, a)
    _, dW1, db1 = ask.linear_backward(da, first)
    forward = [("linear_forward", a), ("tanh", h), ("linear_forward", f)]
    backward = [("linear_backward", each) for each in (dh, dW2, db2)]
    backward += [("tanh_backward", da), ("linear_backward", dW1), ("linear_backward", db1)]
    return np.sum((f - t) ** 2) / len(x), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}, forward, backward


def network_resembles(forward, n):
    """Say whether what the student's own layers give varies as the right results do, however far it has come."""
    return all_resemble([(name, between_examples(result, n)) for name, result in forward], alike=0.1)


def network_claims(ask, draw, n, d, h, m, *, asked=("loss", *NAMES)):
    """Loss and gradients; also right if built on the student's own layers, or for the student's own loss."""
    params, x, t = network(draw, n, d, h, m)
    sizes = f"N={n}, D={d}, H={h}, M={m}"
    loss, grads = ask.at(sizes).mlp_loss_and_gradients(params, x, t)
    own_loss, own_grads, forward, backward = own_network(ask, params, x, t)
    alike = network_resembles(forward, n)
    for name in asked:
        if name == "loss":
            claim = same(f"loss for {sizes}", loss, or_else=[carried(LAYERS, loss, own_loss, alike)])
            yield provided_right(backward, provided_right(forward, claim), if_raised=True)
            continue
        loss_at = lambda at, name=name: ask.mlp_loss_and_gradients(params | {name: at}, x, t)[0]
        mend = "the loss of mlp_loss_and_gradients"
        slopes = aligned_slopes(mend, grads[name], loss=loss_at, at=params[name], draw=draw)
        or_else = [slopes, carried(LAYERS, grads[name], own_grads[name], alike)]
        claim = same(f'grads["{name}"] for {sizes}', grads[name], or_else=or_else)
        yield provided_right(forward + backward, claim)


@suite.public(
    "mlp_loss_and_gradients",
    "reference",
    "The loss is the squared error, summed over outputs, averaged over examples",
    points=4,
)
def loss(ask, draw):
    yield from network_claims(ask, draw, 4, 3, 5, 2, asked=("loss",))


@suite.public(
    "mlp_loss_and_gradients", "gradient", "The gradients of the second layer are the derivatives of the loss", points=3
)
def second_layer(ask, draw):
    yield from network_claims(ask, draw, 5, 2, 4, 3, asked=("W2", "b2"))


@suite.hidden(
    "mlp_loss_and_gradients",
    "gradient",
    "The gradients of the first layer come back through the slope of tanh",
    points=7,
)
def first_layer(ask, draw):
    yield from network_claims(ask, draw, 5, 3, 4, 2, asked=("W1", "b1"))


@suite.hidden(
    "mlp_loss_and_gradients", "reference", "Loss and gradients are right for other sizes, N = 1 included", points=6
)
def other_network_sizes(ask, draw):
    for n, d, h, m in ((1, 3, 4, 2), (6, 1, 3, 1), (3, 4, 1, 3), (7, 2, 5, 4)):
        yield from network_claims(ask, draw, n, d, h, m)


def right_network(params, x, t):
    """Loss and gradients, all together, in plain NumPy."""
    h = np.tanh(x @ params["W1"] + params["b1"])
    error = h @ params["W2"] + params["b2"] - t
    df = 2 * error / len(x)
    da = df @ params["W2"].T * (1 - h**2)
    return [(error**2).sum() / len(x), x.T @ da, da.sum(axis=0), h.T @ df, df.sum(axis=0)]


def other_examples(draw, params, x, t):
    """Examples for which the loss and every gradient are others."""
    before = right_network(params, x, t)
    while True:
        other, others = draw.normal(*x.shape), draw.normal(*t.shape)
        after = right_network(params, other, others)
        if all(np.abs(one - another).max() > 0.05 for one, another in zip(before, after, strict=True)):
            return other, others


@suite.hidden(
    "mlp_loss_and_gradients", "property", "The same examples twice give the same loss and the same gradients", points=4
)
def mean_over_examples(ask, draw):
    params, x, t = network(draw, 4, 3, 5, 2)
    once, grads = ask.mlp_loss_and_gradients(params=params, x=x, t=t)
    twice, grads_twice = ask.at("twice").mlp_loss_and_gradients(params, np.tile(x, (2, 1)), np.tile(t, (2, 1)))
    other, others = other_examples(draw, params, x, t)
    elsewhere, grads_elsewhere = ask.at("other examples").mlp_loss_and_gradients(params, other, others)
    ask.at("your own layers")
    own_loss, _, forward, backward = own_network(ask, params, x, t)
    *_, twice_forward, twice_backward = own_network(ask, params, np.tile(x, (2, 1)), np.tile(t, (2, 1)))
    *_, forward_elsewhere, backward_elsewhere = own_network(ask, params, other, others)
    on_the_way = forward + backward + twice_forward + twice_backward + forward_elsewhere + backward_elsewhere
    claims = [same("the loss", once, or_else=[carried(LAYERS, once, own_loss, network_resembles(forward, 4))])]
    # What nobody returns, where other examples change nothing: a constant is not the mean over any.
    unless = lambda one, other: np.where(np.max(np.abs(one - other)) > 1e-3, 0.0, 1e3)
    expected = once + unless(once, elsewhere)
    claims.append(equal("the loss of the same examples twice", twice, expected))
    for name in NAMES:
        expected = grads[name] + unless(grads[name], grads_elsewhere[name])
        claims.append(equal(f'grads["{name}"] of the same examples twice', grads_twice[name], expected))
    for claim in claims:
        yield provided_right(on_the_way, claim)
