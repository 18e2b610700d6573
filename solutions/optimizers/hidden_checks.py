"""Hidden checks of the optimizers.

Gradients differ in scale by nine orders of magnitude, shapes and memory layouts are odd, rates change from step to
step, and each method shows the property that it is known for.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Permutation, strided

from .public_checks import (
    OPTIONS,
    adadelta,
    adagrad,
    adam,
    gradients,
    minibatches,
    momentum,
    nesterov,
    rmsprop,
    sgd,
    slide,
    valley,
    walk,
)

# ---- minibatches


@minibatches.check(points=3)
def ragged_and_whole(student, inputs, expect):
    """Short epochs, whole batches and batches larger than the data set work"""
    for n, size in ((1, 1), (1, 5), (3, 8), (12, 4), (5, 1), (13, 6)):
        case = f"n={n}, batch_size={size}"
        batches = student.at(case).minibatches(n=n, batch_size=size, rng=inputs.generator())
        expect.close(f"all indices together, sorted ({case})", np.sort(np.concatenate(batches)), np.arange(n))


@minibatches.check(points=4)
def uniform_order(student, inputs, expect):
    """Every order of the examples is equally likely"""
    rng = inputs.generator()
    orders = np.array([np.concatenate(student.at("900 examples").minibatches(900, 50, rng)) for _ in range(12)])
    expect.close("all indices together, sorted", np.sort(orders), np.tile(np.arange(900), (12, 1)))
    expect.distribution("the order of the indices", orders, Permutation(50))
    epochs = np.array([np.concatenate(student.at("12 examples").minibatches(12, 5, rng)) for _ in range(40)])
    expect.close("all indices together, sorted, of 12", np.sort(epochs), np.tile(np.arange(12), (40, 1)))
    places = np.argsort(epochs, axis=1)
    expect.that(np.ptp(epochs, axis=0) >= 4, "Over many epochs, some place keeps to a part of the indices.")
    expect.that(np.ptp(places, axis=0) >= 4, "Over many epochs, some index keeps to a part of the order.")
    expect.that(np.any(epochs == np.arange(12)), "In 40 epochs of 12 examples, no index ever stays at its place.")
    expect.that(len(np.unique(epochs, axis=0)) >= 38, "The same orders come again and again, epoch by epoch.")


@minibatches.check(points=2)
def only_the_generator(student, inputs, expect):
    """The order depends on the generator it is given, and on nothing else"""
    rng = inputs.generator()
    first = np.concatenate(student.minibatches(90, 8, rng))
    second = np.concatenate(student.minibatches(90, 8, inputs.again(rng)))
    other = np.concatenate(student.minibatches(90, 8, inputs.generator()))
    expect.that(first == second, "Two generators in the same state give different orders.")
    expect.that(np.any(first != other), "Two generators in different states give the same order.")
    expect.close("all indices together, sorted", np.sort(first), np.arange(90))


# ---- every optimizer

RUNS = {"a": (4,), "b": (4,), "tall": (20, 1), "flat": (1, 3)}


def add_general_walk(optimizer, *, points, least_rate=0.02, most_rate=0.3):
    """Add a check of another shape, with gradients of every scale, arguments by keyword and odd memory layouts."""

    @optimizer.check(points=points, title="It agrees with PyTorch while the learning rate changes from step to step")
    def agrees_while_the_rate_changes(student, inputs, expect):
        x, state = np.asfortranarray(inputs.normal(2, 3, 2)), {}
        scales = np.array([[[1.0, 1e-6], [30.0, 1.0], [0.1, 1.0]], [[1.0, 1e-3], [5.0, 0.3], [1.0, 1.0]]])
        grads = gradients(inputs, 6, 2, 3, 2) * scales
        grads[[2, 4], 0, 2, 0] = 0.0  # where a gradient is 0 for a while, what was gathered goes on and fades
        for t, grad in enumerate(grads, start=1):
            lr = 0.0 if t == 4 else inputs.number(least_rate, most_rate)
            layout = np.asfortranarray if t % 2 else strided
            step, options = student.at(f"step {t}"), OPTIONS[optimizer]
            x, state = step.call(optimizer, x=x, grad=layout(grad), state=state, lr=lr, **options)
            expect.reference(f"x after step {t}", x)


def add_interleaved_walks(optimizer, *, points):
    """Add a check of interleaved runs of several shapes, two of them of one shape and one of them a step behind."""
    title = "Parameters of one shape or of another each have a state of their own"

    @optimizer.check(points=points, title=title)
    def keeps_runs_apart(student, inputs, expect):
        runs = {whose: (inputs.normal(*shape), {}) for whose, shape in RUNS.items()}
        runs["tall"] = 300 * inputs.apart(*RUNS["tall"]), {}
        for t in range(1, 5):
            for whose in RUNS if t > 1 else ("a", "tall", "flat"):
                x, state = runs[whose]
                step, options = student.at(f"step {t} of {whose}"), OPTIONS[optimizer].values()
                runs[whose] = step.call(optimizer, x, inputs.apart(*x.shape, least=0.3), state, 0.07, *options)
                expect.reference(f"x of {whose} after step {t}", runs[whose][0])


def add_defaults(optimizer, title, *, points, scale, **given):
    """Add a check of the default arguments, over many steps, with gradients so small that the default ε shows."""

    @optimizer.check(points=points, title=title)
    def uses_defaults(student, inputs, expect):
        x, state = inputs.normal(3, scale=0.01), {}
        for t, grad in enumerate(inputs.apart(30, 3, least=0.3) * np.array([1.0, scale, scale * 30]), start=1):
            x, state = student.at(f"step {t}").call(optimizer, x, grad, state, **given)
            if t <= 4 or t % 10 == 0:
                expect.reference(f"x after step {t}", x)


def add_zero_options(optimizer, *, points, **options):
    """Add a check of options that are 0, which is a number and not a missing one."""

    @optimizer.check(points=points, title="An option that is 0 is taken as 0")
    def options_of_zero(student, inputs, expect):
        x, grads = inputs.normal(5), inputs.apart(3, 5, least=0.3)
        walk(student, expect, optimizer, x, grads, (0.06, 0.1, 0.03), **options)


# ---- sgd, momentum

add_general_walk(sgd, points=2)
add_interleaved_walks(sgd, points=2)

add_general_walk(momentum, points=3)
add_zero_options(momentum, points=1, rho=0.0)
add_interleaved_walks(momentum, points=2)
add_defaults(momentum, "Without being told, it keeps 0.9 of the old velocity", points=1, scale=0.1, lr=0.1)


@momentum.check(points=1)
def remembers_the_first_gradient(student, inputs, expect):
    """The second step adds the first gradient again, scaled by rho"""
    x, first, second = inputs.normal(2, 3), inputs.apart(2, 3), inputs.apart(2, 3)
    x1, state = student.at("step 1").momentum(x, first, {}, 0.2, 0.6)
    x2, _ = student.at("step 2").momentum(x1, second, state, 0.5, 0.6)
    expect.close("the first step", x - x1, 0.2 * first)
    expect.close("the second step", x1 - x2, 0.5 * (second + 0.6 * first))


# ---- nesterov


@nesterov.check(points=3)
def agrees_elsewhere(student, inputs, expect):
    """It agrees with PyTorch for other shapes, rates and factors, a factor of 0 too"""
    x = np.asfortranarray(inputs.normal(2, 2, 2))
    slide(student, expect, x, valley(inputs, 2, 2, 2), 6, lr=0.03, rho=0.55)
    slide(student, expect, inputs.normal(4), valley(inputs, 4), 3, prefix="rho=0: ", lr=0.1, rho=0.0)


@nesterov.check(points=1)
def uses_defaults(student, inputs, expect):
    """Without being told, it keeps 0.9 of the old velocity"""
    slide(student, expect, inputs.normal(4), valley(inputs, 4), 30, lr=0.06)


@nesterov.check(points=3)
def asks_once_a_step(student, inputs, expect):
    """A step asks for one gradient, ahead of x, and only one"""
    targets, x, lr, rho = inputs.normal(8, 3), inputs.normal(3), 0.1, 0.6
    minibatch = iter(targets)  # every call sees another one: who asks twice in a step uses up that of the next

    def grad_fn(point):
        return point - next(minibatch, 0.0)

    state, velocity = {}, np.zeros(3)
    for t in range(4):
        before = x
        x, state = student.at(f"step {t + 1}").nesterov(x=before, grad_fn=grad_fn, state=state, lr=lr, rho=rho)
        ahead = before + rho * velocity
        expect.close(f"x after step {t + 1}", x, ahead - lr * (ahead - targets[t]))
        velocity = x - before


@nesterov.check(points=2)
def keeps_runs_apart(student, inputs, expect):
    """Parameters of one shape or of another each have a state of their own"""
    functions = {whose: valley(inputs, *shape) for whose, shape in RUNS.items()}
    runs = {whose: (inputs.normal(*shape), {}) for whose, shape in RUNS.items()}
    near = functions["tall"]
    functions["tall"] = lambda point: near(point - 300)
    runs["tall"] = 300 + inputs.normal(*RUNS["tall"]), {}
    runs["flat"] = np.zeros(RUNS["flat"]), {}
    for t in range(1, 5):
        for name, grad_fn in functions.items():
            x, state = runs[name]
            runs[name] = student.at(f"step {t} of {name}").nesterov(x, grad_fn, state, 0.05, 0.8)
            expect.reference(f"x of {name} after step {t}", runs[name][0])


# ---- adagrad

add_general_walk(adagrad, points=3)
add_zero_options(adagrad, points=1, eps=0.0)
add_interleaved_walks(adagrad, points=2)
add_defaults(adagrad, "Without being told, its ε is 1e-10", points=1, scale=1e-9, lr=0.2)


@adagrad.check(points=1)
def fades_with_the_root_of_time(student, inputs, expect):
    """With a constant gradient, step t has the length lr/√t, whatever the gradient's size"""
    x, grad, state = inputs.normal(4), inputs.apart(4) * np.array([1.0, 100.0, 0.01, 1.0]), {}
    for t in range(1, 6):
        before = x
        x, state = student.at(f"step {t}").adagrad(x, grad, state, 0.3, 1e-12)
        expect.close(f"the length of step {t}", before - x, 0.3 * np.sign(grad) / np.sqrt(t))


# ---- rmsprop

add_general_walk(rmsprop, points=3)
add_zero_options(rmsprop, points=1, beta=0.0, eps=0.0)
add_interleaved_walks(rmsprop, points=2)
add_defaults(rmsprop, "Without being told, it forgets with β = 0.99 and its ε is 1e-8", points=1, scale=1e-7, lr=0.02)


@rmsprop.check(points=1)
def starts_without_correction(student, inputs, expect):
    """The first step has the length lr/√(1-β) in every coordinate; there is no bias correction"""
    x, grad = inputs.normal(4), inputs.apart(4) * np.array([1.0, 100.0, 0.01, 1.0])
    x_next, _ = student.rmsprop(x, grad, {}, 0.1, 0.75, 1e-12)
    expect.close("the first step", x - x_next, 0.1 * np.sign(grad) / np.sqrt(0.25))


# ---- adadelta

add_general_walk(adadelta, points=3, least_rate=0.3, most_rate=1.5)
add_zero_options(adadelta, points=1, rho=0.0, eps=0.4)
add_interleaved_walks(adadelta, points=2)
add_defaults(adadelta, "Without being told, lr is 1, ρ is 0.9 and ε is 1e-6", points=1, scale=1e-3)


@adadelta.check(points=2)
def starts_from_epsilon(student, inputs, expect):
    """The first step is g·√ε/√((1-ρ)g² + ε): nothing has been averaged yet"""
    x, grad, rho, eps = inputs.normal(3, 2), inputs.apart(3, 2), 0.6, 0.05
    x_next, _ = student.adadelta(x=x, grad=grad, state={}, lr=2.0, rho=rho, eps=eps)
    expect.close("the first step", x - x_next, 2.0 * grad * np.sqrt(eps) / np.sqrt((1 - rho) * grad**2 + eps))


# ---- adam

add_general_walk(adam, points=3)
add_zero_options(adam, points=1, beta1=0.0, beta2=0.0, eps=0.0)
add_interleaved_walks(adam, points=2)
add_defaults(adam, "Without being told, lr is 1e-3, β₁ is 0.9, β₂ is 0.999 and ε is 1e-8", points=1, scale=1e-8)


@adam.check(points=2)
def without_correction(student, inputs, expect):
    """Without bias correction it is the shorter form of the lecture's slide"""
    x, grads = inputs.normal(2, 2), gradients(inputs, 4, 2, 2)
    walk(student, expect, adam, x, grads, (0.04,) * 4, bias_correction=False, **OPTIONS[adam])
