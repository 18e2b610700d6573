"""What is asked of the learned optimizer, and what must hold of the answers.

K, I and H differ; both biases are random; gradients span thirty orders of magnitude, zero among them. A step earns its
points also where it is right for the student's own cell and preprocessing.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import Laid, Suite, carried, equal, holds, opaque, provided_right, resembles, returns, same

suite = Suite(
    {
        "lstm_cell": returns("h_next", "c_next"),
        "preprocess_gradient": returns("features"),
        "learned_step": returns("x_next", opaque("state_next")),
    }
)

GATES = ("input", "forget", "cell", "output")


def cell_weights(draw, inputs, hidden):
    """The weights of a cell none of whose gates is saturated."""
    return {
        "W_ih": draw.apart(4 * hidden, inputs, most=0.8),
        "W_hh": draw.apart(4 * hidden, hidden, most=0.8),
        "b_ih": draw.apart(4 * hidden, most=0.7),
        "b_hh": draw.apart(4 * hidden, most=0.7),
    }


def step_weights(draw, hidden):
    """The weights of a cell for two features, and of the layer on top."""
    return cell_weights(draw, 2, hidden) | {"W_out": draw.apart(hidden, 1), "b_out": draw.apart(1)}


# ---- lstm_cell


def cell_claims(ask, draw, k, inputs, hidden, *, layout="C", asked=("h_next", "c_next")):
    """One step of the cell from random states."""
    z, h, c = draw.normal(k, inputs), draw.apart(k, hidden, most=0.9), draw.apart(k, hidden)
    sizes = f"K={k}, I={inputs}, H={hidden}"
    weights = cell_weights(draw, inputs, hidden)
    found = ask.at(sizes).lstm_cell(z=Laid(z, layout), h=Laid(h, layout), c=Laid(c, layout), weights=weights)
    for what, actual in zip(("h_next", "c_next"), found, strict=True):
        if what in asked:
            yield same(f"{what} for {sizes}", actual)


@suite.public(
    "lstm_cell",
    "reference",
    "The cell state keeps what the forget gate lets through, and gains what the input gate does",
    points=7,
)
def cell_state(ask, draw):
    yield from cell_claims(ask, draw, 3, 2, 4, asked=("c_next",))


@suite.public(
    "lstm_cell", "reference", "The hidden state is what the output gate shows of the new cell state", points=6
)
def hidden_state(ask, draw):
    yield from cell_claims(ask, draw, 2, 3, 5, asked=("h_next",))


@suite.hidden(
    "lstm_cell",
    "reference",
    "It agrees with PyTorch's LSTMCell for other sizes, single rows and single units too",
    points=9,
)
def other_sizes(ask, draw):
    for k, inputs, hidden, layout in ((1, 2, 3, "F"), (5, 4, 1, "strided"), (4, 1, 2, "C"), (2, 2, 2, "F")):
        yield from cell_claims(ask, draw, k, inputs, hidden, layout=layout)


@suite.hidden(
    "lstm_cell", "reference", "Over several steps, each from where the last one led, it stays with PyTorch", points=7
)
def several_steps(ask, draw):
    k, inputs, hidden = 3, 2, 4
    weights, h, c = cell_weights(draw, inputs, hidden), np.zeros((k, hidden)), np.zeros((k, hidden))
    for step in range(1, 6):
        h, c = ask.at(f"step {step}").lstm_cell(draw.normal(k, inputs), h, c, weights)
        yield same(f"h after step {step}", h)
        yield same(f"c after step {step}", c)


@suite.hidden("lstm_cell", "property", "The gates stand in the order input, forget, cell, output", points=9)
def order_of_the_gates(ask, draw):
    # All weights are zero: the biases alone open or close a gate, wide enough that 1e-13 is left of a closed one.
    hidden, c = 3, draw.apart(2, 3)
    zeros = {"W_ih": np.zeros((12, 2)), "W_hh": np.zeros((12, 3)), "b_hh": np.zeros(12)}
    cases = {
        "keeps": ((-30.0, 30.0, 30.0, 30.0), c),
        "forgets": ((-30.0, -30.0, 30.0, 30.0), 0.0 * c),
        "takes in": ((30.0, -30.0, 30.0, 30.0), 0.0 * c + 1.0),
        "takes in with the other sign": ((30.0, 30.0, -30.0, 30.0), c - 1.0),
        "hides": ((-30.0, 30.0, 30.0, -30.0), c),
    }
    for name, (gates, expected) in cases.items():
        weights = zeros | {"b_ih": np.repeat(gates, hidden)}
        h_next, c_next = ask.at(f"a cell that {name}").lstm_cell(draw.normal(2, 2), 0.0 * c, c, weights)
        yield equal(f"c_next of a cell that {name}", c_next, expected, scale=np.ones((2, 3)))
        shown = 0.0 if gates[3] < 0 else 1.0
        yield equal(f"h_next of a cell that {name}", h_next, shown * np.tanh(expected), scale=np.ones((2, 3)))


# ---- preprocess_gradient


def feature_claims(ask, name, grad, **options):
    """Both features of every gradient."""
    features = ask.at(name).preprocess_gradient(grad, **options)
    yield same(f"the logarithm or -1 ({name})", features[:, 0])
    yield same(f"the sign or the scaled gradient ({name})", features[:, 1])


@suite.public("preprocess_gradient", "reference", "Large gradients become their logarithm and their sign", points=6)
def large_gradients(ask, draw):
    yield from feature_claims(ask, "large gradients", draw.apart(5) * np.array([1.0, 30.0, 0.01, 1.0, 500.0]))


@suite.public("preprocess_gradient", "reference", "Small gradients become -1 and a multiple of themselves", points=5)
def small_gradients(ask, draw):
    yield from feature_claims(ask, "small gradients", draw.apart(4) * 1e-5)


@suite.hidden("preprocess_gradient", "reference", "Both sides of the threshold, with either sign, and zero", points=10)
def around_the_threshold(ask, draw):
    nearly, sign = np.array([0.4, 0.9, 0.999, 1.001, 1.1, 3.0, 1.0, 1.0]), np.array([1.0, -1.0] * 4)
    grad = np.exp(-10.0) * nearly * sign
    grad[-2] = 0.0
    yield from feature_claims(ask, "around e^-10", grad)
    alone = ask.at("zero alone").preprocess_gradient(np.zeros(1))
    yield equal("the features of a gradient of 0", alone, np.array([[-1.0, 0.0]]))


@suite.hidden("preprocess_gradient", "reference", "It is right for another p", points=6)
def other_thresholds(ask, draw):
    for p in (2.0, 5.5, 14.0):
        size = np.exp(-p) * np.array([0.2, 0.7, 1.3, 5.0, 200.0])
        yield from feature_claims(ask, f"p={p}", draw.apart(5, least=0.9, most=1.1) * size, p=p)


# ---- learned_step

BUILT_ON = "lstm_cell or preprocess_gradient"


def own_cell(ask, grad, states, weights):
    """The next states by the student's own functions, and what these gave on the way."""
    features = ask.preprocess_gradient(grad)
    h, c = ask.lstm_cell(features, *states, weights)
    return (h, c), [("preprocess_gradient", features), ("lstm_cell", h), ("lstm_cell", c)]


def remembers(ask, draw, weights):
    """Say whether the student's own cell, right or wrong, makes something of its states and of the gradient."""
    k, hidden = 6, len(weights["W_out"])
    grad, h, c = draw.apart(k), draw.apart(k, hidden), draw.apart(k, hidden)
    ask.at("your own cell")
    after, moved = (ask.lstm_cell(ask.preprocess_gradient(grad), h, c + shift, weights)[0] for shift in (0.0, 1.0))
    other, _ = ask.lstm_cell(ask.preprocess_gradient(3.0 * grad), h, c, weights)
    depends = [np.max(np.abs(each - after)) > 1e-3 for each in (moved, other)]
    return np.logical_and(resembles(after, alike=0.0), np.logical_and(*depends))


class OwnRun:
    """A run of steps by the student's own cell, beside the run of learned_step that is judged."""

    def __init__(self, ask, draw, k, hidden, weights, scale):
        self.ask, self.weights, self.scale = ask, weights, scale
        self.states = np.zeros((k, hidden)), np.zeros((k, hidden))
        self.remembers = remembers(ask, draw, weights)
        self.on_the_way = []

    def claim(self, what, x, grad, after):
        """The claim on the next step, from x to `after`; also right if built on the student's own functions."""
        self.states, gave = own_cell(self.ask, grad, self.states, self.weights)
        self.on_the_way += gave
        own = x + self.scale * (np.matmul(self.states[0], self.weights["W_out"]) + self.weights["b_out"])[:, 0]
        claim = same(what, after, or_else=[carried(BUILT_ON, after, own, self.remembers)])
        return provided_right(self.on_the_way, claim)


def walk(ask, draw, k, hidden, steps, *, scale=None, prefix=""):
    """Take steps along gradients of every size, each from where the last one led; no scale means the default."""
    options, own_scale = ({}, 0.1) if scale is None else ({"scale": scale}, scale)
    x, weights, state = draw.normal(k), step_weights(draw, hidden), {}
    own = OwnRun(ask, draw, k, hidden, weights, own_scale)
    for step in range(1, steps + 1):
        grad = draw.apart(k) * 10.0 ** (-2 * ((np.arange(k) + step) % 4))
        after, state = ask.at(f"{prefix}step {step}").learned_step(x, grad, state, weights, **options)
        yield own.claim(f"x after {prefix}step {step}", x, grad, after)
        x = after


@suite.public("learned_step", "reference", "A step adds what the network says about the gradient", points=8)
def one_step(ask, draw):
    yield from walk(ask, draw, 4, 3, 1, scale=0.3)


@suite.hidden("learned_step", "reference", "Each coordinate's state is carried from step to step", points=12)
def carries_the_state(ask, draw):
    yield from walk(ask, draw, 5, 3, 5, scale=0.7)


@suite.hidden(
    "learned_step",
    "reference",
    "It is right for a single coordinate, a single unit, and scale 0.1 without being told",
    points=6,
)
def other_sizes_of_steps(ask, draw):
    yield from walk(ask, draw, 1, 4, 3, prefix="single coordinate: ")
    yield from walk(ask, draw, 3, 1, 3, prefix="single unit: ")


@suite.hidden(
    "learned_step",
    "property",
    "All coordinates share the network: another order of them is another order of the steps",
    points=5,
)
def coordinates_share_the_network(ask, draw):
    k, order, weights = 5, np.array([3, 0, 4, 1, 2]), step_weights(draw, 3)
    x, grads = draw.normal(k), draw.apart(2, k) * np.array([1.0, 1e-3, 1e-6, 10.0, 1e-2])
    plain, mixed, states = x, x[order], ({}, {})
    own, own_mixed, own_back = (OwnRun(ask, draw, k, 3, weights, 0.5) for _ in range(3))
    for step, grad in enumerate(grads, start=1):
        before, before_mixed = plain, mixed
        plain, first = ask.at(f"step {step}").learned_step(before, grad, states[0], weights, 0.5)
        ask.at(f"step {step}, another order")
        mixed, second = ask.learned_step(before_mixed, grad[order], states[1], weights, 0.5)
        states = (first, second)
        own_mixed.claim("x", before_mixed, grad[order], mixed)
        yield own.claim(f"x after step {step}", before, grad, plain)
    there, _ = ask.at("a gradient").learned_step(x, grads[0], {}, weights, 0.5)
    back, _ = ask.at("the opposite gradient").learned_step(x, -grads[0], {}, weights, 0.5)
    own_back.claim("x", x, -grads[0], back)
    on_the_way = own.on_the_way + own_mixed.on_the_way + own_back.on_the_way
    moved = np.stack([plain[int(place)] for place in order], axis=0)
    yield provided_right(on_the_way, holds(np.max(np.abs(there - back)) > 1e-3, "The gradient changes nothing."))
    yield provided_right(on_the_way, equal("x, in the other order", mixed, moved))


@suite.hidden("learned_step", "reference", "Two runs each have a state of their own", points=4)
def keeps_runs_apart(ask, draw):
    weights = step_weights(draw, 2)
    runs = {name: (draw.normal(k), {}) for name, k in (("a", 3), ("b", 4))}
    own = {name: OwnRun(ask, draw, k, 2, weights, 0.4) for name, k in (("a", 3), ("b", 4))}
    for step in range(1, 4):
        for name, (x, state) in runs.items():
            grad = draw.apart(3 if name == "a" else 4)
            ask.at(f"step {step} of {name}")
            after, state_next = ask.learned_step(x=x, grad=grad, state=state, weights=weights, scale=0.4)
            yield own[name].claim(f"x of {name} after step {step}", x, grad, after)
            runs[name] = (after, state_next)
