"""Public checks of the optimizers: what every student can run and read.

Inputs are in general position: gradients change sign, one coordinate's gradient is always 0; rates and decay factors
are neither equal nor complementary; ε is large where its place matters. Step by step the student's own x is passed on,
so that a mistake shows at the first step that has it.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, arrays, handle

STEP = ("x_next", handle("state_next"))

exercise = Exercise("optimizers")
minibatches = exercise.function("minibatches", returns=arrays("batches"))
sgd = exercise.function("sgd", returns=STEP)
momentum = exercise.function("momentum", returns=STEP)
nesterov = exercise.function("nesterov", returns=STEP)
adagrad = exercise.function("adagrad", returns=STEP)
rmsprop = exercise.function("rmsprop", returns=STEP)
adadelta = exercise.function("adadelta", returns=STEP)
adam = exercise.function("adam", returns=STEP)

# Each optimizer's options in the order of its parameters, unlike the defaults and far from one another.
OPTIONS = {
    sgd: {},
    momentum: {"rho": 0.8},
    adagrad: {"eps": 0.03},
    rmsprop: {"beta": 0.8, "eps": 0.02},
    adadelta: {"rho": 0.7, "eps": 0.01},
    adam: {"beta1": 0.6, "beta2": 0.85, "eps": 0.02},
}


# ---- minibatches


@minibatches.check(points=3)
def covers_everything(student, inputs, expect):
    """One epoch holds every index exactly once, in batches of the given size"""
    n = 20 + inputs.below(40)
    batches = student.minibatches(n, 4 + inputs.below(6), inputs.generator())
    expect.close("all indices together, sorted", np.sort(np.concatenate(batches)), np.arange(n))


@minibatches.check(points=2)
def shuffles_every_epoch(student, inputs, expect):
    """The examples are shuffled, and shuffled again in every epoch"""
    rng, n = inputs.generator(), 40 + inputs.below(40)
    first = np.concatenate(student.at("epoch 1").minibatches(n, 7, rng))
    second = np.concatenate(student.at("epoch 2").minibatches(n, 7, rng))
    expect.close("all indices together, sorted", np.sort(first), np.arange(n))
    expect.that(np.any(first != np.arange(n)), "The indices come in their old order: they are not shuffled.")
    expect.that(np.any(first != second), "Two epochs from one generator come in the same order.")


# ---- every optimizer


def gradients(inputs, steps, *shape):
    """Return gradients of alternating and of constant sign, with one coordinate that never has any."""
    values = inputs.apart(steps, *shape, least=0.3, most=2.0)
    values.reshape(steps, -1)[:, -1] = 0.0
    return values


def walk(student, expect, optimizer, x, grads, rates, **options):
    """Take one step for each gradient, from where the last step led; expect every x."""
    state = {}
    for t, (grad, lr) in enumerate(zip(grads, rates, strict=True), start=1):
        x, state = student.at(f"step {t}").call(optimizer, x, grad, state, lr=lr, **options)
        expect.reference(f"x after step {t}", x)


def add_walk(optimizer, title, *, points, rates=(0.05,) * 5):
    """Add a check of a few steps, whose rate is constant unless the method is all about it."""

    @optimizer.check(points=points, title=title)
    def agrees_with_pytorch(student, inputs, expect):
        x, grads = inputs.normal(3, 2), gradients(inputs, len(rates), 3, 2)
        walk(student, expect, optimizer, x, grads, rates, **OPTIONS[optimizer])


def add_single_number(optimizer, *, points):
    """Add a check of a parameter without any axes."""

    @optimizer.check(points=points, title="A single number, an array without axes, is a parameter like any other")
    def single_number(student, inputs, expect):
        x, state = inputs.normal(), {}
        for t in range(1, 4):
            grad, step = inputs.apart(least=0.1, most=0.6), student.at(f"step {t}")
            x, state = step.call(optimizer, x, grad, state, 0.5, *OPTIONS[optimizer].values())
            expect.reference(f"x after step {t}", x, scale=4.0)


@sgd.check(points=1)
def one_step(student, inputs, expect):
    """A step goes against the gradient, scaled by the learning rate"""
    x_next, _ = student.sgd(inputs.normal(3, 2), inputs.normal(3, 2), {}, lr=0.3)
    expect.reference("x_next", x_next)


add_walk(
    momentum,
    "Steps gather speed as PyTorch's do, while the learning rate changes",
    points=2,
    rates=(0.1, 0.1, 0.04, 0.2, 0.02),
)
add_walk(adagrad, "Steps shrink with all squared gradients so far, as PyTorch's do", points=2)
add_walk(rmsprop, "Steps are scaled by the recent gradients' root mean square, as PyTorch's are", points=2)
add_walk(
    adadelta,
    "Steps are scaled by the recent steps' size over the recent gradients', as PyTorch's are",
    points=3,
    rates=(0.7,) * 5,
)
add_walk(adam, "Steps agree with PyTorch's Adam", points=3)

add_single_number(sgd, points=1)
for optimizer in (momentum, adagrad, rmsprop, adadelta, adam):
    add_single_number(optimizer, points=2)


@adam.check(points=2)
def steps_have_the_length_of_lr(student, inputs, expect):
    """With a constant gradient, every step has the length lr"""
    x, grad, state = inputs.normal(4, scale=0.1), inputs.apart(4) * np.array([1.0, 50.0, 0.02, 1.0]), {}
    for t in range(1, 5):
        before = x
        x, state = student.at(f"step {t}").adam(x, grad, state, 0.02, 0.7, 0.9, 1e-12)
        expect.close(f"step {t}", before - x, 0.02 * np.sign(grad))


# ---- nesterov


def valley(inputs, *shape):
    """Return the gradient of a function that is no quadratic: where it is asked for shows in every value."""
    steepness, target = inputs.positive(*shape, least=0.5, most=3.0), inputs.normal(*shape)
    return lambda point: steepness * (point - target) + 0.3 * (point - target) ** 3


def slide(student, expect, x, grad_fn, steps, *, prefix="", **options):
    """Take steps of Nesterov momentum with one constant rate; expect every x, a single one by the size of its steps."""
    state = {}
    for t in range(1, steps + 1):
        x, state = student.at(f"{prefix}step {t}").nesterov(x, grad_fn, state, **options)
        expect.reference(f"x after {prefix}step {t}", x, scale=None if x.ndim else 4.0)


@nesterov.check(points=3)
def agrees_with_pytorch(student, inputs, expect):
    """Steps look ahead as PyTorch's do"""
    slide(student, expect, inputs.normal(3, 2), valley(inputs, 3, 2), 5, lr=0.06, rho=0.7)


@nesterov.check(points=2)
def single_number(student, inputs, expect):
    """A single number, an array without axes, is a parameter like any other"""
    slide(student, expect, inputs.normal(), valley(inputs), 4, lr=0.1, rho=0.4)
