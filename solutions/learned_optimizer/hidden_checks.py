"""Hidden checks of the learned optimizer, and what decides a step whose own cell or preprocessing is wrong.

Gradients span thirty orders of magnitude, zero among them. A step is right for the student's own functions where it
adds what the layer on top makes of their states.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import resembles, strided

from .public_checks import (
    Step,
    cell,
    cell_weights,
    expect_features,
    learned_step,
    one_step,
    preprocessing,
    run_cell,
    step_weights,
    walk,
)

# ---- lstm_cell


@cell.check(points=9)
def other_sizes(student, inputs, expect):
    """It agrees with PyTorch's LSTMCell for other sizes, single rows and single units too"""
    for k, columns, hidden, layout in (
        (1, 2, 3, np.asfortranarray),
        (5, 4, 1, strided),
        (4, 1, 2, np.asarray),
        (2, 2, 2, np.asfortranarray),
    ):
        sizes = f"K={k}, I={columns}, H={hidden}"
        h_next, c_next = run_cell(student.at(sizes), inputs, k, columns, hidden, layout)
        expect.reference(f"h_next for {sizes}", h_next)
        expect.reference(f"c_next for {sizes}", c_next)


@cell.check(points=7)
def several_steps(student, inputs, expect):
    """Over several steps, each from where the last one led, it stays with PyTorch"""
    k, columns, hidden = 3, 2, 4
    weights, h, c = cell_weights(inputs, columns, hidden), np.zeros((k, hidden)), np.zeros((k, hidden))
    for step in range(1, 6):
        h, c = student.at(f"step {step}").lstm_cell(inputs.normal(k, columns), h, c, weights)
        expect.reference(f"h after step {step}", h)
        expect.reference(f"c after step {step}", c)


@cell.check(points=9)
def order_of_the_gates(student, inputs, expect):
    """The gates stand in the order input, forget, cell, output"""
    # All weights are zero: the biases alone open or close a gate, wide enough that 1e-13 is left of a closed one.
    hidden, c = 3, inputs.apart(2, 3)
    zeros = {"W_ih": np.zeros((12, 2)), "W_hh": np.zeros((12, 3)), "b_hh": np.zeros(12)}
    cases = {
        "keeps": ((-30.0, 30.0, 30.0, 30.0), c),
        "forgets": ((-30.0, -30.0, 30.0, 30.0), 0.0 * c),
        "forgets much": ((-30.0, -30.0, 30.0, 30.0), 0.0 * c),
        "takes in": ((30.0, -30.0, 30.0, 30.0), 0.0 * c + 1.0),
        "takes in with the other sign": ((30.0, 30.0, -30.0, 30.0), c - 1.0),
        "hides": ((-30.0, 30.0, 30.0, -30.0), c),
    }
    for name, (gates, expected) in cases.items():
        weights = zeros | {"b_ih": np.repeat(gates, hidden)}
        before = 300.0 * c if name == "forgets much" else c
        h_next, c_next = student.at(f"a cell that {name}").lstm_cell(inputs.normal(2, 2), 0.0 * c, before, weights)
        expect.close(f"c_next of a cell that {name}", c_next, expected, scale=1.0)
        shown = 0.0 if gates[3] < 0 else 1.0
        expect.close(f"h_next of a cell that {name}", h_next, shown * np.tanh(expected), scale=1.0)


# ---- preprocess_gradient


@preprocessing.check(points=10)
def around_the_threshold(student, inputs, expect):
    """Both sides of the threshold, with either sign, and zero"""
    nearly, sign = np.array([0.4, 0.9, 0.999, 1.001, 1.1, 3.0, 1.0, 1.0]), np.array([1.0, -1.0] * 4)
    grad = np.exp(-10.0) * nearly * sign
    grad[-2] = 0.0
    grad = grad[inputs.permutation(8)]
    expect_features(expect, student.at("around e^-10").preprocess_gradient(grad), "around e^-10")
    alone = student.at("zero alone").preprocess_gradient(np.zeros(1))
    expect.reference("the features of a gradient of 0", alone)


@preprocessing.check(points=6)
def other_thresholds(student, inputs, expect):
    """It is right for another p"""
    for p in (2.0, 5.5, 14.0):
        sizes = np.repeat([0.2, 0.7, 1.3, 5.0, 200.0], 4)
        grad = inputs.apart(20, least=0.9, most=1.1) * np.exp(-p) * sizes
        expect_features(expect, student.at(f"p={p}").preprocess_gradient(grad=grad, p=p), f"p={p}")


# ---- learned_step


def remembers(student, inputs, expect, weights, what):
    """Say whether the student's own cell, right or wrong, makes something of its states and of the gradient."""
    k, hidden = 6, len(weights["W_out"])
    grad, h, c = inputs.apart(k), inputs.apart(k, hidden), inputs.apart(k, hidden)
    features = student.preprocess_gradient(grad)
    after, _ = student.lstm_cell(features, h, c, weights)
    moved, _ = student.lstm_cell(features, h, c + 1.0, weights)
    other, _ = student.lstm_cell(student.preprocess_gradient(3.0 * grad), h, c, weights)
    depends = all(np.max(np.abs(each - after)) > 1e-3 for each in (moved, other))
    return depends and resembles(after, expect.recorded(f"h of the own cell, {what}", after), cosine=0.0)


CELL_WEIGHTS = ("W_ih", "W_hh", "b_ih", "b_hh")


def expect_own_steps(student, inputs, expect, steps, scale):
    """Expect the steps of one run to be right for the student's own cell and preprocessing.

    Two more steps have weights that no function has seen before, and there the cell comes first and does not learn
    those of the layer on top: it can't make up the states that some other step needs.
    """
    weights = steps[0].weights
    expect.nondegenerate(remembers(student, inputs, expect, weights, steps[0].what))
    h = c = np.zeros((len(steps[0].x), len(weights["W_out"])))
    for step in steps:
        h, c = student.lstm_cell(student.preprocess_gradient(step.grad), h, c, weights)
        update = h @ weights["W_out"] + weights["b_out"]
        expect.follows(step.what, step.x_next, given=[step.x + scale * update[:, 0]])
    x, fresh, grads = inputs.normal(5), step_weights(inputs, 3), inputs.apart(2, 5)
    h, c, state, updates = np.zeros((5, 3)), np.zeros((5, 3)), {}, []
    for grad in grads:
        features = student.preprocess_gradient(grad)
        h, c = student.lstm_cell(features, h, c, {name: fresh[name] for name in CELL_WEIGHTS})
        updates.append((h @ fresh["W_out"] + fresh["b_out"])[:, 0])
    for number, (grad, update) in enumerate(zip(grads, updates, strict=True), start=1):
        x_next, state = student.learned_step(x, grad, state, fresh, scale)
        expect.follows(f"{steps[0].what} and {number} more", x_next, given=[x + scale * update])
        x = x_next


@one_step.follow_through
def one_own_step(student, inputs, expect):
    expect_own_steps(student, inputs, expect, list(walk(student, inputs, 4, 3, 1, scale=0.3)), 0.3)


@learned_step.check(points=12)
def carries_the_state(student, inputs, expect):
    """Each coordinate's state is carried from step to step"""
    for step in walk(student, inputs, 5, 3, 14, scale=0.7):
        expect.reference(step.what, step.x_next)


@carries_the_state.follow_through
def carries_the_own_state(student, inputs, expect):
    expect_own_steps(student, inputs, expect, list(walk(student, inputs, 5, 3, 14, scale=0.7)), 0.7)


SMALL = (("single coordinate: ", 1, 4), ("single unit: ", 3, 1))


@learned_step.check(points=6)
def other_sizes_of_steps(student, inputs, expect):
    """It is right for a single coordinate, a single unit, scale 0, and scale 0.1 without being told"""
    for prefix, k, hidden in SMALL:
        for step in walk(student, inputs, k, hidden, 3, prefix=prefix):
            expect.reference(step.what, step.x_next, scale=1.0)
    x, grad, weights = inputs.normal(3), inputs.apart(3), step_weights(inputs, 2)
    x_next, _ = student.at("scale=0").learned_step(x, grad, {}, weights, 0.0)
    expect.close("x for scale=0", x_next, x)


@other_sizes_of_steps.follow_through
def other_sizes_of_own_steps(student, inputs, expect):
    for steps in [list(walk(student, inputs, k, hidden, 3, prefix=prefix)) for prefix, k, hidden in SMALL]:
        expect_own_steps(student, inputs, expect, steps, 0.1)


def in_two_orders(student, inputs):
    """Yield two steps, each in one order of the coordinates and in the other."""
    order, weights = np.array([3, 0, 4, 1, 2]), step_weights(inputs, 3)
    x, grads = inputs.normal(5), inputs.apart(2, 5) * np.array([1.0, 1e-3, 1e-6, 10.0, 1e-2])
    mixed_x, state, mixed_state = x[order], {}, {}
    for number, grad in enumerate(grads, start=1):
        what, mixed_what = f"step {number}", f"step {number}, another order"
        x_next, state = student.at(what).learned_step(x, grad, state, weights, 0.5)
        mixed_next, mixed_state = student.at(mixed_what).learned_step(mixed_x, grad[order], mixed_state, weights, 0.5)
        plain = Step(f"x after {what}", x, grad, weights, x_next)
        yield plain, Step(f"x after {mixed_what}", mixed_x, grad[order], weights, mixed_next), x_next[order]
        x, mixed_x = x_next, mixed_next


@learned_step.check(points=5)
def coordinates_share_the_network(student, inputs, expect):
    """All coordinates share the network: another order of them is another order of the steps"""
    for plain, mixed, plain_in_the_other_order in in_two_orders(student, inputs):
        expect.reference(plain.what, plain.x_next)
        expect.close(mixed.what, mixed.x_next, plain_in_the_other_order)
    x, grad, weights = inputs.normal(5), inputs.apart(5), step_weights(inputs, 3)
    there, _ = student.at("a gradient").learned_step(x, grad, {}, weights, 0.5)
    back, _ = student.at("the opposite gradient").learned_step(x, -grad, {}, weights, 0.5)
    expect.that(np.max(np.abs(there - back)) > 1e-3, "The gradient changes nothing.")


@coordinates_share_the_network.follow_through
def coordinates_share_the_own_network(student, inputs, expect):
    plain, mixed, _ = zip(*in_two_orders(student, inputs), strict=True)
    expect_own_steps(student, inputs, expect, plain, 0.5)
    expect_own_steps(student, inputs, expect, mixed, 0.5)


def three_runs(student, inputs):
    """Yield the steps of runs of three, twenty and again three coordinates, in turn; one of the twenty has no slope."""
    weights = step_weights(inputs, 2)
    runs = {name: (inputs.normal(k), {}) for name, k in (("a", 3), ("b", 20), ("c", 3))}
    runs["b"][0][-1] = 300.0
    for number in range(1, 4):
        for name, (x, state) in runs.items():
            grad = inputs.apart(len(x))
            grad[3:4] = 0.0
            x_next, state_next = student.at(f"step {number} of {name}").learned_step(
                x=x, grad=grad, state=state, weights=weights, scale=0.4
            )
            yield Step(f"x of {name} after step {number}", x, grad, weights, x_next)
            runs[name] = x_next, state_next


@learned_step.check(points=4)
def keeps_runs_apart(student, inputs, expect):
    """Runs of one length or of another each have a state of their own"""
    for step in three_runs(student, inputs):
        expect.reference(step.what, step.x_next)


@keeps_runs_apart.follow_through
def keeps_own_runs_apart(student, inputs, expect):
    steps = list(three_runs(student, inputs))
    for first in range(3):
        expect_own_steps(student, inputs, expect, steps[first::3], 0.4)
