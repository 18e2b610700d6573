"""What is asked of the optimizers, and what must hold of the answers.

Inputs are in general position: gradients change sign, one coordinate's gradient is always 0, others differ in scale by
nine orders of magnitude; rates and decay factors are neither equal nor complementary; ε is large where its place
matters. Step by step the student's own x is handed on, so that a mistake shows at the first step that has it.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import (
    Laid,
    Oracle,
    Permutation,
    Suite,
    arrays,
    equal,
    follows,
    holds,
    opaque,
    returns,
    same,
)

STEP = returns("x_next", opaque("state_next"))
suite = Suite(
    {
        "minibatches": returns(arrays("batches")),
        "sgd": STEP,
        "momentum": STEP,
        "nesterov": STEP,
        "adagrad": STEP,
        "rmsprop": STEP,
        "adadelta": STEP,
        "adam": STEP,
    }
)

# The decay factors of each method, unlike the defaults and far from one another.
FACTORS = {
    "sgd": {},
    "momentum": {"rho": 0.8},
    "nesterov": {"rho": 0.7},
    "adagrad": {"eps": 0.03},
    "rmsprop": {"beta": 0.8, "eps": 0.02},
    "adadelta": {"rho": 0.7, "eps": 0.01},
    "adam": {"beta1": 0.6, "beta2": 0.85, "eps": 0.02},
}


def gradients(draw, steps, *shape):
    """Gradients of alternating and of constant sign, with one coordinate that never has any."""
    values = draw.apart(steps, *shape, least=0.3, most=2.0)
    values.reshape(steps, -1)[:, -1] = 0.0
    return values


def walk(ask, name, x, grads, rates, *, prefix="", **options):
    """Take one step a gradient, each from where the last one led; yield what every x must be."""
    step, state = getattr(ask, name), {}
    for t, (grad, lr) in enumerate(zip(grads, rates, strict=True), start=1):
        ask.at(f"{prefix}step {t}")
        x, state = step(x, grad, state, lr=lr, **options)
        yield same(f"x after {prefix}step {t}", x)


# ---- minibatches


@suite.public(
    "minibatches", "property", "One epoch holds every index exactly once, in batches of the given size", points=3
)
def covers_everything(ask, draw):
    batches = ask.minibatches(11, 4, draw.generator())
    yield equal("all indices together, sorted", np.sort(np.concatenate(batches)), np.arange(11.0))


@suite.public("minibatches", "property", "The examples are shuffled, and shuffled anew in every epoch", points=2)
def shuffles_every_epoch(ask, draw):
    rng = draw.generator()
    first, second = (np.concatenate(ask.at(f"epoch {epoch}").minibatches(60, 7, rng)) for epoch in (1, 2))
    yield equal("all indices together, sorted", np.sort(first), np.arange(60.0))
    yield holds(np.any(first != np.arange(60)), "The indices come in their old order: they are not shuffled.")
    yield holds(np.any(first != second), "Two epochs from one generator come in the same order.")


@suite.hidden(
    "minibatches", "property", "Short epochs, whole batches and batches larger than the data set work", points=3
)
def ragged_and_whole(ask, draw):
    for n, size in ((1, 1), (1, 5), (3, 8), (12, 4), (5, 1), (13, 6)):
        batches = ask.at(f"n={n}, batch_size={size}").minibatches(n=n, batch_size=size, rng=draw.generator())
        yield equal(
            f"all indices together, sorted (n={n}, batch_size={size})", np.sort(np.concatenate(batches)), np.arange(n)
        )


@suite.hidden("minibatches", "distribution", "Every order of the examples is equally likely", points=4)
def uniform_order(ask, draw):
    order = np.concatenate(ask.minibatches(400, 7, draw.generator()))
    yield equal("all indices together, sorted", np.sort(order), np.arange(400.0))
    yield follows("the order of the indices", order, Permutation(7))
    rng = draw.generator()
    epochs = np.stack([np.concatenate(ask.minibatches(9, 4, rng)) for _ in range(40)], axis=0)
    for what in (epochs, np.argsort(epochs, axis=1)):
        reach = np.max(what, axis=0) - np.min(what, axis=0)
        yield holds(
            reach >= 4,
            "Over many epochs, some index keeps to a part of the order, or some place to a part of the indices.",
        )


@suite.hidden(
    "minibatches", "property", "The order depends on the generator it is given, and on nothing else", points=2
)
def only_the_generator(ask, draw):
    rng = draw.generator()
    again = draw.again(rng)
    first = np.concatenate(ask.minibatches(90, 8, rng))
    second = np.concatenate(ask.minibatches(90, 8, again))
    other = np.concatenate(ask.minibatches(90, 8, draw.generator()))
    yield holds(np.all(first == second), "Two generators in the same state give different orders.")
    yield holds(np.any(first != other), "Two generators in different states give the same order.")
    yield equal("all indices together, sorted", np.sort(first), np.arange(90.0))


# ---- every optimizer


def add_walk(name, title, *, points, rates=(0.05,) * 7):
    """A public walk of a few steps, with constant rate unless the method is all about it."""

    @suite.public(name, "reference", title, points=points)
    def agrees_with_pytorch(ask, draw):
        yield from walk(ask, name, draw.normal(3, 2), gradients(draw, len(rates), 3, 2), rates, **FACTORS[name])


def add_general_walk(name, *, points, least_rate=0.02, most_rate=0.3):
    """A hidden walk: other shape, changing rate, gradients of every scale, arguments by keyword, odd memory layout."""

    @suite.hidden(
        name, "reference", "It agrees with PyTorch while the learning rate changes from step to step", points=points
    )
    def agrees_while_the_rate_changes(ask, draw):
        x, state, step = draw.normal(2, 3, 2), {}, getattr(ask, name)
        scales = np.array([[[1.0, 1e-6], [30.0, 1.0], [0.1, 1.0]], [[1.0, 1e-3], [5.0, 0.3], [1.0, 1.0]]])
        for t, grad in enumerate(gradients(draw, 8, 2, 3, 2), start=1):
            ask.at(f"step {t}")
            lr = draw.number(least_rate, most_rate)
            layout = "F" if t % 2 else "strided"
            x = Laid(x, layout) if t == 1 else x
            x, state = step(x=x, grad=Laid(grad * scales, layout), state=state, lr=lr, **FACTORS[name])
            yield same(f"x after step {t}", x)


def add_interleaved_walks(name, *, points):
    """A hidden check of two interleaved runs, one of them of a single number."""

    @suite.hidden(
        name, "reference", "Two parameters, one of them a single number, each have a state of their own", points=points
    )
    def keeps_runs_apart(ask, draw):
        step = getattr(ask, name)
        runs = {"the vector's": (draw.normal(4), {}), "the single number's": (draw.normal(), {})}
        for t in range(1, 5):
            for whose, (x, state) in runs.items():
                grad = draw.apart(4, least=0.3) if whose == "the vector's" else draw.apart(least=0.3)
                ask.at(f"{whose} step {t}")
                x_next, state_next = step(x, grad, state, 0.07, *FACTORS[name].values())
                yield same(f"x after {whose} step {t}", x_next)
                runs[whose] = (x_next, state_next)


def add_defaults(name, title, *, points, scale, **given):
    """A hidden check of the default arguments, with gradients so small that the default ε shows."""

    @suite.hidden(name, "reference", title, points=points)
    def uses_defaults(ask, draw):
        x, state, step = draw.normal(3, scale=0.01), {}, getattr(ask, name)
        for t, grad in enumerate(draw.apart(5, 3, least=0.3) * np.array([1.0, scale, scale * 30]), start=1):
            ask.at(f"step {t}")
            x, state = step(x, grad, state, **given)
            yield same(f"x after step {t}", x)


# ---- sgd, momentum


@suite.public("sgd", "reference", "A step goes against the gradient, scaled by the learning rate", points=2)
def one_step(ask, draw):
    x_next, _ = ask.sgd(draw.normal(3, 2), draw.normal(3, 2), {}, lr=0.3)
    yield same("x_next", x_next)


add_general_walk("sgd", points=2)
add_interleaved_walks("sgd", points=2)

add_walk(
    "momentum",
    "Steps gather speed as PyTorch's do, while the learning rate changes",
    points=4,
    rates=(0.1, 0.1, 0.04, 0.2, 0.1, 0.02),
)
add_general_walk("momentum", points=3)
add_interleaved_walks("momentum", points=2)
add_defaults("momentum", "Without being told, it keeps 0.9 of the old velocity", points=1, scale=0.1, lr=0.1)


@suite.hidden("momentum", "property", "The second step adds the first gradient again, scaled by rho", points=2)
def remembers_the_first_gradient(ask, draw):
    x, first, second = draw.normal(2, 3), draw.apart(2, 3), draw.apart(2, 3)
    x1, state = ask.at("step 1").momentum(x, first, {}, 0.2, 0.6)
    x2, _ = ask.at("step 2").momentum(x1, second, state, 0.5, 0.6)
    yield equal("the first step", x - x1, 0.2 * first)
    yield equal("the second step", x1 - x2, 0.5 * (second + 0.6 * first))


# ---- nesterov


def valley(draw, *shape):
    """The gradient of a function that is no quadratic: where it is asked for shows in every value."""
    steepness, target = draw.positive(*shape, least=0.5, most=3.0), draw.normal(*shape)
    return Oracle(lambda point, number: steepness * (point - target) + 0.3 * (point - target) ** 3)


def slide(ask, x, grad_fn, steps, *, prefix="", **options):
    """Take steps of Nesterov momentum with one constant rate."""
    state = {}
    for t in range(1, steps + 1):
        ask.at(f"{prefix}step {t}")
        x, state = ask.nesterov(x, grad_fn, state, **options)
        yield same(f"x after {prefix}step {t}", x)


@suite.public("nesterov", "reference", "Steps look ahead as PyTorch's do", points=5)
def agrees_with_pytorch(ask, draw):
    yield from slide(ask, draw.normal(3, 2), valley(draw, 3, 2), 6, lr=0.06, rho=0.7)


@suite.hidden("nesterov", "reference", "It agrees with PyTorch for other shapes, rates and factors", points=3)
def agrees_elsewhere(ask, draw):
    yield from slide(ask, Laid(draw.normal(2, 2, 2), "F"), valley(draw, 2, 2, 2), 8, lr=0.03, rho=0.55)
    yield from slide(ask, draw.normal(), valley(draw), 4, prefix="single number: ", lr=0.1, rho=0.4)


@suite.hidden("nesterov", "reference", "Without being told, it keeps 0.9 of the old velocity", points=1)
def uses_defaults(ask, draw):
    yield from slide(ask, draw.normal(4), valley(draw, 4), 6, lr=0.06)


@suite.hidden("nesterov", "property", "A step asks for one gradient, ahead of x, and only one", points=3)
def asks_once_a_step(ask, draw):
    targets, x, lr, rho = draw.normal(8, 3), draw.normal(3), 0.1, 0.6
    order = np.arange(8.0).reshape(8, 1)
    # Every call sees another minibatch: whoever asks twice in a step uses up the gradient of the next one.
    batches = Oracle(lambda point, number: point - np.sum(targets * (order == number), axis=0))
    state, before = {}, x
    for t in range(4):
        ask.at(f"step {t + 1}")
        after, state = ask.nesterov(x, batches, state, lr, rho)
        velocity = 0.0 if t == 0 else x - before
        gradient = x + rho * velocity - targets[t]
        yield equal(f"x after step {t + 1}", after, x + rho * velocity - lr * gradient)
        before, x = x, after


@suite.hidden("nesterov", "property", "Two parameters each have a state of their own", points=2)
def keeps_runs_apart(ask, draw):
    functions = {"a": valley(draw, 3), "b": valley(draw, 3)}
    runs = {name: (draw.normal(3), {}) for name in functions}
    for t in range(1, 5):
        for name, grad_fn in functions.items():
            x, state = runs[name]
            ask.at(f"step {t} of {name}")
            runs[name] = ask.nesterov(x, grad_fn, state, 0.05, 0.8)
            yield same(f"x of {name} after step {t}", runs[name][0])


# ---- adagrad

add_walk("adagrad", "Steps shrink with all squared gradients so far, as PyTorch's do", points=4)
add_general_walk("adagrad", points=3)
add_interleaved_walks("adagrad", points=2)
add_defaults("adagrad", "Without being told, its ε is 1e-10", points=1, scale=1e-9, lr=0.2)


@suite.hidden(
    "adagrad",
    "property",
    "With a constant gradient, step t has the length lr/√t, whatever the gradient's size",
    points=2,
)
def fades_with_the_root_of_time(ask, draw):
    x, grad, state = draw.normal(4), draw.apart(4) * np.array([1.0, 100.0, 0.01, 1.0]), {}
    for t in range(1, 6):
        before = x
        x, state = ask.at(f"step {t}").adagrad(x, grad, state, 0.3, 1e-12)
        yield equal(f"the length of step {t}", before - x, 0.3 * np.sign(grad) / np.sqrt(t))


# ---- rmsprop

add_walk("rmsprop", "Steps are scaled by the recent gradients' root mean square, as PyTorch's are", points=4)
add_general_walk("rmsprop", points=3)
add_interleaved_walks("rmsprop", points=2)
add_defaults("rmsprop", "Without being told, it forgets with β = 0.99 and its ε is 1e-8", points=1, scale=1e-7, lr=0.02)


@suite.hidden(
    "rmsprop",
    "property",
    "The first step has the length lr/√(1-β) in every coordinate; there is no bias correction",
    points=2,
)
def starts_without_correction(ask, draw):
    x, grad = draw.normal(4), draw.apart(4) * np.array([1.0, 100.0, 0.01, 1.0])
    x_next, _ = ask.rmsprop(x, grad, {}, 0.1, 0.75, 1e-12)
    yield equal("the first step", x - x_next, 0.1 * np.sign(grad) / np.sqrt(0.25))


# ---- adadelta

add_walk(
    "adadelta",
    "Steps are scaled by the recent steps' size over the recent gradients', as PyTorch's are",
    points=5,
    rates=(0.7,) * 7,
)
add_general_walk("adadelta", points=4, least_rate=0.3, most_rate=1.5)
add_interleaved_walks("adadelta", points=2)
add_defaults("adadelta", "Without being told, lr is 1, ρ is 0.9 and ε is 1e-6", points=1, scale=1e-3)


@suite.hidden("adadelta", "property", "The first step is g·√ε/√((1-ρ)g² + ε): nothing has been averaged yet", points=2)
def starts_from_epsilon(ask, draw):
    x, grad, rho, eps = draw.normal(3, 2), draw.apart(3, 2), 0.6, 0.05
    x_next, _ = ask.adadelta(x=x, grad=grad, state={}, lr=2.0, rho=rho, eps=eps)
    yield equal("the first step", x - x_next, 2.0 * grad * np.sqrt(eps) / np.sqrt((1 - rho) * grad**2 + eps))


# ---- adam

add_walk("adam", "Steps agree with PyTorch's Adam", points=5)


@suite.public("adam", "property", "With a constant gradient, every step has the length lr", points=2)
def steps_have_the_length_of_lr(ask, draw):
    x, grad, state = draw.normal(4), draw.apart(4) * np.array([1.0, 50.0, 0.02, 1.0]), {}
    for t in range(1, 5):
        before = x
        x, state = ask.at(f"step {t}").adam(x, grad, state, 0.02, 0.7, 0.9, 1e-12)
        yield equal(f"step {t}", before - x, 0.02 * np.sign(grad))


add_general_walk("adam", points=3)
add_interleaved_walks("adam", points=2)
add_defaults("adam", "Without being told, lr is 1e-3, β₁ is 0.9, β₂ is 0.999 and ε is 1e-8", points=1, scale=1e-8)


@suite.hidden("adam", "reference", "Without bias correction it is the shorter form of the lecture's slide", points=3)
def without_correction(ask, draw):
    x, grads = draw.normal(2, 2), gradients(draw, 6, 2, 2)
    yield from walk(ask, "adam", x, grads, (0.04,) * 6, bias_correction=False, **FACTORS["adam"])
