"""What is asked of the capstone, and what must hold of the answers.

Where training is deterministic it is compared step by step, on data that keep clear of every kink; where it is random,
data are built so that the parameters tell what happened: an example with an input of its own leaves its trace in a row
of W1, and equal examples make every order of them the same. `train` earns its points also where it follows the
student's own `loss_and_gradients` or `predict`, if these are wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from autograder.ask import (
    Bernoulli,
    Laid,
    Suite,
    aligned_slopes,
    carried,
    equal,
    follows,
    holds,
    mapping,
    provided_right,
    returns,
    same,
)
from autograder.limits import Limits

from .problems import (
    CLEAR,
    NAMES,
    Problem,
    clear_problem,
    close_scores,
    draw_run,
    dropout_problem,
    gradients_of,
    loss_of,
    loss_with_dropout,
    network,
    problem_for,
    relapses,
    rows_of_their_own,
    scores_of,
    simulate,
    standstill,
    stopping,
    wine,
)

HISTORY = ("train_loss", "val_loss", "val_accuracy")
suite = Suite(
    {
        "loss_and_gradients": returns("loss", mapping("grads", *NAMES)),
        "predict": returns("classes"),
        "train": returns(mapping("best_params", *NAMES), mapping("history", *HISTORY)),
        "distinct_units": returns("count"),
    },
    Limits(cpu_seconds=20.0, wall_seconds=120.0, total_cpu_seconds=300),
)

# ---- loss_and_gradients


def gradient_claims(ask, draw, n, d, h, c, lam, *, asked=("loss", *NAMES)):
    """Loss and gradients; those of the student's own loss are right too, where that is nearly right."""
    params, x, y = clear_problem(draw, n, d, h, c)
    sizes = f"N={n}, D={d}, H={h}, C={c}, lam={lam}"
    loss, grads = ask.at(sizes).loss_and_gradients(params, Laid(x, "F"), y, lam)
    for name in asked:
        if name == "loss":
            yield same(f"loss for {sizes}", loss)
            continue
        loss_at = lambda at, name=name: ask.loss_and_gradients(params | {name: at}, x, y, lam)[0]
        mend = "the loss of loss_and_gradients"
        or_else = [aligned_slopes(mend, grads[name], loss=loss_at, at=params[name], draw=draw)]
        yield same(f'grads["{name}"] for {sizes}', grads[name], or_else=or_else)


@suite.public(
    "loss_and_gradients",
    "reference",
    "The loss is the hinge loss of the scores plus λ times the squared weights",
    points=5,
)
def loss(ask, draw):
    yield from gradient_claims(ask, draw, 5, 3, 4, 3, 0.3, asked=("loss",))


@suite.public("loss_and_gradients", "gradient", "The gradients are the derivatives of the loss", points=6)
def gradients(ask, draw):
    yield from gradient_claims(ask, draw, 4, 3, 5, 3, 0.2, asked=NAMES)


@suite.hidden(
    "loss_and_gradients",
    "reference",
    "Loss and gradients are right for other sizes, N = 1 and λ = 0 included",
    points=7,
)
def other_sizes(ask, draw):
    sizes = ((1, 3, 4, 3, 0.4), (6, 2, 3, 2, 0.0), (5, 4, 1, 5, 0.15), (7, 1, 6, 3, 1.3), (70, 3, 4, 3, 0.02))
    for n, d, h, c, lam in sizes:
        yield from gradient_claims(ask, draw, n, d, h, c, lam)


@suite.hidden("loss_and_gradients", "property", "λ weighs the squares of W1 and W2, and no bias", points=4)
def penalty_on_the_weights(ask, draw):
    params, x, y = clear_problem(draw, 5, 3, 4, 3)
    (plain, grads), (loss, penalised) = (
        ask.at(f"lam={lam}").loss_and_gradients(params=params, x=x, y=y, lam=lam) for lam in (0.0, 0.7)
    )
    squares = (params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()
    yield equal("what λ = 0.7 adds to the loss", loss - plain, 0.7 * squares)
    for name in NAMES:
        part = 1.4 * params[name] if name.startswith("W") else 0 * params[name]
        what = f'what λ = 0.7 adds to grads["{name}"]'
        yield equal(what, penalised[name] - grads[name], part, scale=1.4 * np.abs(params["W1"]).max())


@suite.hidden("loss_and_gradients", "property", "At 0 the derivative of ReLU is 0", points=4)
def kink_of_relu(ask, draw):
    params, x, y = clear_problem(draw, 5, 3, 4, 3)
    params["W1"][:, 1], params["b1"][1] = 0.0, 0.0
    _, grads = ask.loss_and_gradients(params, x, y, 0.0)
    right, _ = gradients_of(params, x, y, 0.0)
    size = np.abs(right["W1"]).max()
    yield holds(np.sum(np.abs(grads["W2"])) > 1e-3, "The gradient of W2 is zero, although the loss depends on it.")
    yield equal('grads["W1"] of the unit that is exactly 0', grads["W1"][:, 1], np.zeros(3), scale=size)
    yield equal('grads["b1"] of the unit that is exactly 0', grads["b1"][1], 0.0, scale=size)


# ---- predict


@suite.public("predict", "reference", "The class is where the largest score is", points=4)
def largest_score(ask, draw):
    problem, _ = draw_run(draw, (8, 3, 5, 4, 9), lambda run: True, lr=0.01, rho=0.5, lam=0.1, epochs=1)
    yield same("the classes", ask.predict(problem.params, problem.x_val))


@suite.hidden(
    "predict", "reference", "It is right for other sizes, a single example and two classes among them", points=3
)
def predicts_other_sizes(ask, draw):
    for n, d, h, c in ((1, 4, 3, 5), (12, 2, 6, 2), (15, 5, 4, 7), (30, 3, 4, 3)):
        while True:
            params, x = network(draw, d, h, c), draw.normal(n, d, scale=2.0)
            ranked = np.sort(scores_of(params, x), axis=1)
            if (ranked[:, -1] - ranked[:, -2]).min() > CLEAR:
                break
        yield same(f"the classes for N={n}, C={c}", ask.at(f"N={n}, C={c}").predict(params=params, x=Laid(x, "F")))
    params, x = close_scores(draw)
    yield same("the classes where two scores lie close together", ask.at("close scores").predict(params, x))


@suite.hidden("predict", "property", "Of equal scores the lowest class wins", points=3)
def ties(ask, draw):
    # Whole numbers: equal scores are equal to the last bit, in whatever order they are summed.
    params = {"W1": np.array([[1.0, -1.0, 2.0]]), "b1": np.array([0.0, 1.0, 0.0]), "b2": np.array([0.0, 1.0, 1.0, 0.0])}
    params["W2"] = np.array([[1.0, 2.0, 2.0, 3.0], [2.0, 1.0, 1.0, 2.0], [0.0, 1.0, 1.0, 1.0]])
    x = np.array([[3.0], [-2.0], [0.0], [1.0], [-5.0], [-1.0], [2.0]])
    yield same("the classes of examples with equal scores", ask.predict(params, x))
    yield same(
        "the class where all scores are equal", ask.predict({**params, "W2": np.zeros((3, 4)), "b2": np.ones(4)}, x)
    )


# ---- train, where it is deterministic


def pick(values, losses):
    """The entry of the first of the lowest losses: `values` are one entry an epoch."""
    epochs = np.arange(len(values)).reshape(-1, *(1,) * np.ndim(values[0]))
    chosen = np.equal(epochs, np.argmin(losses))
    return np.sum(np.where(chosen, np.stack(values), 0.0), axis=0)


def pick_symbols(symbols, losses):
    """The same, of entries that are formulas."""
    return sum(np.where(np.equal(np.argmin(losses), epoch), each, 0.0) for epoch, each in enumerate(symbols))


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """What the student's own functions make of a deterministic run, one entry an epoch."""

    train_loss: list
    snapshots: list
    val_loss: list  # on these snapshots
    val_loss_of_right: list  # on the right ones
    val_accuracy: list  # by the student's own `predict`, on these snapshots
    val_accuracy_of_right: list  # on the right ones


def own_run(ask, problem, run, *, lr, rho=0.9, lam=0.0, decay=1.0):
    """Train by the student's own gradients, epoch by epoch."""
    own = Own(train_loss=[], snapshots=[], val_loss=[], val_loss_of_right=[], val_accuracy=[], val_accuracy_of_right=[])
    params, velocity, x_val, y_val = problem.params, None, problem.x_val, problem.y_val
    for epoch, right in enumerate(run.snapshots):
        ask.at(f"epoch {epoch}, by your own gradients")
        loss, grads = ask.loss_and_gradients(params, problem.x, problem.y, lam)
        velocity = {name: grads[name] if velocity is None else rho * velocity[name] + grads[name] for name in NAMES}
        params = {name: params[name] - lr * decay**epoch * velocity[name] for name in NAMES}
        own.train_loss.append(loss)
        own.snapshots.append(params)
        own.val_loss.append(ask.loss_and_gradients(params, x_val, y_val, lam)[0])
        own.val_loss_of_right.append(ask.loss_and_gradients(right, x_val, y_val, lam)[0])
        own.val_accuracy.append(np.mean(np.equal(ask.predict(params, x_val), y_val)))
        own.val_accuracy_of_right.append(np.mean(np.equal(ask.predict(right, x_val), y_val)))
    return own


def leads_somewhere(own, problem, run):
    """Say whether the student's own gradients lead along the right way, or straight against it, and about as far."""
    moved = [np.reshape(own.snapshots[-1][name] - problem.params[name], shape=(-1,)) for name in ("W1", "W2")]
    right = [(run.snapshots[-1][name] - problem.params[name]).reshape(-1) for name in ("W1", "W2")]
    product, size = (sum(np.sum(a * b) for a, b in zip(moved, other, strict=True)) for other in (right, moved))
    right_size = sum((each**2).sum() for each in right)
    near = np.logical_and(size > 1e-4 * right_size, size < 1e4 * right_size)
    return np.logical_and(product**2 > 0.1 * size * right_size, near)


@dataclass(frozen=True, kw_only=True, slots=True)
class RestsOn:
    """What the student's own loss, gradients and classes are where training starts."""

    losses: list
    classes: list

    def provided(self, claim, *, with_classes=False):
        """Leave a failure out where these are wrong; where it is not about classes, those excuse exceptions alone."""
        return provided_right(self.classes, provided_right(self.losses, claim), if_raised=not with_classes)


def rests_on(ask, problem, lam):
    """Ask for loss, gradients and classes."""
    ask.at("your own functions")
    found = []
    for x, y in ((problem.x, problem.y), (problem.x_val, problem.y_val)):
        loss, grads = ask.loss_and_gradients(problem.params, x, y, lam)
        found += [("loss_and_gradients", each) for each in (loss, *(grads[name] for name in NAMES))]
    return RestsOn(losses=found, classes=[("predict", ask.predict(problem.params, problem.x_val))])


def run_claims(ask, draw, problem, run, what, **options):
    """Every number of the history and every best parameter, errors of the other functions carried forward."""
    best, history = ask.at(what).train(
        *problem.arguments(draw.generator()), batch_size=50, epochs=len(run.val_loss), **options
    )
    own, on_the_way = own_run(ask, problem, run, **options), rests_on(ask, problem, options.get("lam", 0.0))
    guard, mend = leads_somewhere(own, problem, run), "loss_and_gradients"
    series = {
        "train_loss": [(mend, own.train_loss)],
        "val_loss": [(mend, own.val_loss_of_right), (mend, own.val_loss)],
        "val_accuracy": [("predict", own.val_accuracy_of_right), (f"{mend} or predict", own.val_accuracy)],
    }
    for name in HISTORY:
        or_else = [carried(function, history[name], np.stack(values), guard) for function, values in series[name]]
        claim = equal(f'history["{name}"] ({what})', history[name], getattr(run, name), or_else=or_else)
        yield on_the_way.provided(claim, with_classes=name == "val_accuracy")
    for name in NAMES:
        expected = pick([each[name] for each in run.snapshots], history["val_loss"])
        own_best = pick_symbols([each[name] for each in own.snapshots], history["val_loss"])
        or_else = [carried(mend, best[name], own_best, guard)]
        claim = equal(f'best_params["{name}"] ({what})', best[name], expected, or_else=or_else)
        yield on_the_way.provided(claim)


def falls_then_rises(run):
    """The lowest validation loss lies in the middle."""
    return 0 < run.val_loss.argmin() < len(run.val_loss) - 1 and run.val_accuracy.std() > 0


@suite.public("train", "reference", "On full batches it goes PyTorch's way, step by step", points=11)
def goes_step_by_step(ask, draw):
    options = {"lr": 0.12, "rho": 0.8, "lam": 0.05}
    problem, run = draw_run(draw, (7, 3, 4, 3, 6), falls_then_rises, epochs=5, **options)
    yield from run_claims(ask, draw, problem, run, "full batches", **options)


@suite.hidden(
    "train",
    "reference",
    "The rate decays from epoch to epoch, and the best parameters are kept, not the last",
    points=7,
)
def decays_and_keeps_the_best(ask, draw):
    options = {"lr": 0.2, "rho": 0.6, "lam": 0.02, "decay": 0.7}
    problem, run = draw_run(draw, (8, 3, 5, 3, 7), falls_then_rises, epochs=6, **options)
    yield from run_claims(ask, draw, problem, run, "decaying rate", **options)
    options = {"lr": 0.4, "rho": 0.9, "lam": 0.1, "decay": 0.9}
    rises = lambda run: run.loss_before < run.val_loss[0] and (np.diff(run.val_loss) > 0).all()
    problem, run = draw_run(draw, (6, 2, 4, 3, 5), rises, epochs=4, **options)
    yield from run_claims(ask, draw, problem, run, "rising validation loss", **options)


@suite.hidden(
    "train", "reference", "It stops when the validation loss has not improved for `patience` epochs in a row", points=5
)
def stops_in_time(ask, draw):
    options = {"lr": 0.5, "rho": 0.7, "lam": 0.02}
    problem, run = draw_run(draw, (8, 3, 5, 3, 7), lambda run: True, epochs=1, **options)
    _, history = ask.at("one epoch").train(
        *problem.arguments(draw.generator()), batch_size=20, epochs=1, patience=1, **options
    )
    first, _ = ask.at("one epoch").loss_and_gradients(problem.params, problem.x, problem.y, options["lam"])
    or_else = [carried("loss_and_gradients", history["train_loss"][0], first)]
    claim = equal('history["train_loss"] of one epoch', history["train_loss"][0], run.train_loss[0], or_else=or_else)
    yield rests_on(ask, problem, options["lam"]).provided(claim)
    for patience in (1, 2, 3):
        wanted = lambda run, patience=patience: relapses(run.val_loss, patience)
        problem, run = draw_run(draw, (8, 3, 5, 3, 7), wanted, epochs=9, **options)
        arguments, what = problem.arguments(draw.generator()), f"patience={patience}"
        best, history = ask.at(what).train(*arguments, batch_size=8, epochs=9, patience=patience, **options)
        on_the_way = rests_on(ask, problem, options["lam"])
        stop, kept = stopping(run.val_loss, patience)
        expected = {'history["val_loss"]': (history["val_loss"], run.val_loss[: stop + 1])}
        expected['best_params["W1"]'] = (best["W1"], run.snapshots[kept]["W1"])
        expected['best_params["b2"]'] = (best["b2"], run.snapshots[kept]["b2"])
        for name, (actual, wanted_values) in expected.items():
            yield on_the_way.provided(equal(f"{name} ({what})", actual, wanted_values))


@suite.hidden(
    "train",
    "reference",
    "Of equal validation losses the earlier epoch is kept, and the later ones are no improvement",
    points=3,
)
def keeps_the_earlier(ask, draw):
    options = {"lr": 0.05, "rho": 0.5, "lam": 0.0}
    problem, run = standstill(draw, epochs=5, **options)
    for patience, epochs in ((None, 4), (2, 3)):
        what = f"equal validation losses, patience={patience}"
        arguments = problem.arguments(draw.generator())
        best, history = ask.at(what).train(
            *arguments, batch_size=6, epochs=5 if patience else 4, patience=patience, **options
        )
        on_the_way = rests_on(ask, problem, 0.0)
        first, _ = ask.at(what).loss_and_gradients(problem.params, problem.x, problem.y, 0.0)
        for name in NAMES:
            claim = equal(f'best_params["{name}"] ({what})', best[name], run.snapshots[0][name])
            yield on_the_way.provided(claim)
        if patience is None:
            loss, right_loss = history["train_loss"][0], run.train_loss[0]
            or_else = [carried("loss_and_gradients", loss, first)]
            claim = equal('history["train_loss"] of the first epoch', loss, right_loss, or_else=or_else)
            yield on_the_way.provided(claim)
        claim = equal(f'history["val_loss"] ({what})', history["val_loss"], run.val_loss[:epochs])
        yield on_the_way.provided(claim)


@suite.hidden(
    "train",
    "reference",
    "Several minibatches an epoch: velocity goes on, their losses are averaged, defaults are as promised",
    points=5,
)
def many_updates(ask, draw):
    # All examples are equal, so every order of them and every choice of a minibatch is the same.
    for n, batch_size, epochs, options in (
        (70, 32, 20, {}),
        (10, 4, 4, {"lr": 0.06, "rho": 0.7, "lam": 0.03, "decay": 0.8}),
    ):
        rates = {"lr": 1e-2, "rho": 0.9, "lam": 0.0} | options
        updates = -(-n // batch_size)
        while True:
            one = problem_for(draw, 1, 3, 4, 3, 5)
            one.params["b2"][one.y] -= 30.0  # so far behind that no margin is reached before the end
            run = simulate(one, epochs=epochs, updates=updates, **rates)
            moved = np.abs(np.diff(run.val_loss)).min() > 1e-4 and run.train_loss[-1] > 0.05
            if run.clear > CLEAR and moved:
                break
        many = Problem(
            params=one.params, x=np.repeat(one.x, n, axis=0), y=np.repeat(one.y, n), x_val=one.x_val, y_val=one.y_val
        )
        given = options | ({"batch_size": batch_size, "epochs": epochs} if options else {})
        what = f"{n} equal examples"
        best, history = ask.at(what).train(*many.arguments(draw.generator()), **given)
        on_the_way = rests_on(ask, many, rates["lam"])
        kept = run.val_loss.argmin()
        for name in ("train_loss", "val_loss"):
            claim = equal(f'history["{name}"] ({what})', history[name], getattr(run, name))
            yield on_the_way.provided(claim)
        for name in NAMES:
            claim = equal(f'best_params["{name}"] ({what})', best[name], run.snapshots[kept][name])
            yield on_the_way.provided(claim)
    moved = sum(np.sum(np.abs(best[name] - one.params[name])) for name in NAMES)
    yield on_the_way.provided(holds(moved > 1e-3, "Training leaves the parameters where they were."))


# ---- train, where it is random


def row_gradients(ask, problem, batch_size):
    """Row i of W1's gradient in a batch of this size with example i: the right one, and the student's own."""
    n, own = len(problem.x), []
    right, _ = gradients_of(problem.params, problem.x, problem.y, 0.0)
    for first in range(0, n, batch_size):
        start = min(first, n - batch_size)
        rows = slice(start, start + batch_size)
        _, grads = ask.at("your own gradients").loss_and_gradients(
            problem.params, problem.x[rows], problem.y[rows], 0.0
        )
        own.append(grads["W1"][first : start + batch_size])
    return right["W1"] * n / batch_size, np.concatenate(own)


def along(moved, gradients):
    """How many times each row moved along its gradient."""
    return np.sum(moved * gradients, axis=1) / np.sum(gradients**2, axis=1)


def visit_claim(ask, problem, best, what, *, lr, batch_size):
    """Each example was visited once: a whole batch moves its row by one gradient, the smaller last one by more."""
    n = len(problem.x)
    last = n % batch_size
    right, own = row_gradients(ask, problem, batch_size)
    rest = slice(n - last, n)
    _, grads = ask.at("your own gradients").loss_and_gradients(problem.params, problem.x[rest], problem.y[rest], 0.0)
    moved = (problem.params["W1"] - best["W1"]) / lr
    expected = np.repeat([1.0, batch_size / last], [n - last, last])
    own_last = along(grads["W1"][rest], own[rest])
    own_expected = np.concatenate([np.ones(n - last), np.sort(own_last)])
    steps = np.rint(np.sort(along(moved, right)) / expected)
    own_steps = np.rint(np.sort(along(moved, own)) / np.sort(own_expected))
    return equal(what, steps, np.ones(n), or_else=[carried("loss_and_gradients", own_steps, np.ones(n))])


@suite.hidden(
    "train", "property", "Every epoch visits each example exactly once, in minibatches of the given size", points=5
)
def visits_every_example_once(ask, draw):
    for n, batch_size, lr in ((26, 4, 1e-3), (9, 7, 1e-3)):
        problem, what = rows_of_their_own(draw, n, 6, size=4.0, weight=0.02), f"N={n}, batch_size={batch_size}"
        arguments = problem.arguments(draw.generator())
        best, _ = ask.at(what).train(*arguments, lr=lr, rho=0.0, batch_size=batch_size, epochs=1)
        of = f"the number of visits of each example, sorted ({what})"
        claim = visit_claim(ask, problem, best, of, lr=lr, batch_size=batch_size)
        yield rests_on(ask, problem, 0.0).provided(claim)


@suite.hidden("train", "property", "The examples come in a new random order in every epoch", points=4)
def shuffles_every_epoch(ask, draw):
    n, lr, epochs = 26, 4e-5, 12
    problem = rows_of_their_own(draw, n, 6, size=8.0, weight=0.02)
    # With one label every step lowers every loss, so that the best parameters are the last.
    problem = replace(problem, y=np.zeros(n, int), y_val=np.zeros(n, int))
    options = {"lr": lr, "rho": 0.0, "batch_size": n - 1}
    once, _ = ask.at("one epoch").train(*problem.arguments(draw.generator()), epochs=1, **options)
    what = "the number of visits of each example, sorted (one epoch)"
    on_the_way = rests_on(ask, problem, 0.0)
    yield on_the_way.provided(visit_claim(ask, problem, once, what, lr=lr, batch_size=n - 1))
    best, _ = ask.at(f"{epochs} epochs").train(*problem.arguments(draw.generator()), epochs=epochs, **options)
    gradients = gradients_of(problem.params, problem.x, problem.y, 0.0)[0]["W1"] * n / (n - 1)
    # Each epoch, 25 examples share a batch and one has a batch of its own, in which it moves 25 times as far.
    alone = np.rint((along((problem.params["W1"] - best["W1"]) / lr, gradients) - epochs) / (n - 2))
    claims = (
        equal("how often an example was in the last batch, all together", np.sum(alone), float(epochs)),
        holds(alone[n - 1] <= epochs - 2, "The last example of the data comes last in every epoch: no order is drawn."),
        holds(
            np.max(alone) <= epochs - 2,
            "One and the same example comes last in every epoch: the order is never changed.",
        ),
    )
    for claim in claims:
        yield on_the_way.provided(claim)


@suite.hidden(
    "train",
    "distribution",
    "In training, each unit of each example is dropped with probability p, survivors scaled by 1/(1-p)",
    points=5,
)
def drops_units(ask, draw):
    problem, p, lr = dropout_problem(draw), 0.35, 20.0
    options = {"lr": lr, "rho": 0.9, "p": p, "batch_size": 60, "epochs": 1}
    best, history = ask.train(*problem.arguments(draw.generator()), **options)
    _, own = ask.at("your own gradients").loss_and_gradients(problem.params, problem.x, problem.y, 0.0)
    right, _ = gradients_of(problem.params, problem.x, problem.y, 0.0)
    moved = (problem.params["W1"] - best["W1"]) / lr
    dropped = np.abs(moved) < 0.3 * np.abs(right["W1"]).min()
    # Where nothing has moved, everything seems to be dropped; no network is that.
    some = np.mean(np.where(dropped, 0.0, 1.0)) > 0.02
    expected = np.where(np.logical_and(dropped, some), 0.0, right["W1"] / (1 - p))
    or_else = [carried("loss_and_gradients", moved, np.where(dropped, 0.0, own["W1"] / (1 - p)), some)]
    claims = (
        equal("the first step of W1, over the rate,", moved, expected, or_else=or_else),
        follows("the dropped units", np.where(dropped, 1.0, 0.0), Bernoulli(p)),
        equal('history["train_loss"]', history["train_loss"][0], loss_with_dropout(problem, dropped, p)),
    )
    on_the_way = rests_on(ask, problem, 0.0)
    for claim in claims:
        yield on_the_way.provided(claim)


@suite.hidden("train", "property", "Every minibatch has a dropout mask of its own, and evaluation has none", points=4)
def drops_in_training_only(ask, draw):
    problem = dropout_problem(draw)
    options = {"lr": 1e-9, "rho": 0.5, "p": 0.6, "batch_size": 60, "epochs": 6}
    _, history = ask.at("hardly moving").train(*problem.arguments(draw.generator()), **options)
    losses = history["train_loss"]
    differ = np.max(losses) - np.min(losses) > 1e-4
    claim = holds(differ, "The training losses of parameters that hardly move are all alike.")
    yield rests_on(ask, problem, 0.0).provided(claim)
    problem, lam = problem_for(draw, 40, 4, 10, 3, 40), 0.01
    options = {"lr": 0.02, "rho": 0.8, "lam": lam, "p": 0.5, "batch_size": 16, "epochs": 4}
    best, history = ask.at("training").train(*problem.arguments(draw.generator()), **options)
    on_the_way = rests_on(ask, problem, lam)
    lowest, x_val, y_val = np.min(history["val_loss"]), problem.x_val, problem.y_val
    own, _ = ask.at("your own loss").loss_and_gradients(best, x_val, y_val, lam)
    what = "the lowest validation loss, as the best parameters have it without dropout,"
    or_else = [carried("loss_and_gradients", lowest, own)]
    yield on_the_way.provided(equal(what, lowest, loss_of(best, x_val, y_val, lam, 3), or_else=or_else))
    epochs = np.equal(np.arange(4), np.argmin(history["val_loss"]))
    accuracy = np.sum(np.where(epochs, history["val_accuracy"], 0.0))
    hits = np.mean(np.equal(np.argmax(scores_of(best, x_val), axis=1), y_val))
    own_hits = np.mean(np.equal(ask.at("your own predict").predict(best, x_val), y_val))
    # Two nearly equal scores may be ordered either way: one example is allowed to differ.
    near = np.minimum(np.abs(accuracy - hits), np.abs(accuracy - own_hits)) < 1.5 / len(y_val)
    claim = holds(near, "The validation accuracy is not what the best parameters have without dropout.")
    yield on_the_way.provided(claim, with_classes=True)
    moved = np.max(np.abs(best["W1"] - problem.params["W1"])) > 1e-3
    yield on_the_way.provided(holds(moved, "Training leaves the parameters where they were."))


@suite.hidden("train", "property", "On real data, 178 wines, it learns to tell three cultivars apart", points=5)
def learns_real_data(ask, draw):
    problem, lam = wine(draw), 1e-3
    options = {"lr": 0.02, "rho": 0.9, "lam": lam, "p": 0.2, "batch_size": 16, "epochs": 10}
    rng = draw.generator()
    again, other = draw.again(rng), draw.generator()
    runs = [
        ask.at(what).train(*problem.arguments(each), **options)
        for what, each in zip(("first run", "second run", "another generator"), (rng, again, other), strict=True)
    ]
    (best, history), (repeated, _), (elsewhere, _) = runs
    alike, differ = np.abs(best["W1"] - repeated["W1"]) < 1e-6, np.any(best["W1"] != elsewhere["W1"])
    hits = np.mean(np.equal(np.argmax(scores_of(best, problem.x_val), axis=1), problem.y_val))
    falls = history["train_loss"][-1] < 0.5 * history["train_loss"][0]
    own, _ = ask.at("your own loss").loss_and_gradients(best, problem.x_val, problem.y_val, lam)
    lowest = np.min(history["val_loss"])
    or_else = [carried("loss_and_gradients", lowest, own)]
    of_best = loss_of(best, problem.x_val, problem.y_val, lam, 3)
    claims = (
        equal("the lowest validation loss", lowest, of_best, or_else=or_else),
        holds(alike, "Two generators in the same state lead to different parameters."),
        holds(differ, "Two generators in different states lead to the same parameters."),
        holds(hits > 0.8, "Fewer than 80 % of the validation set come out right; right training makes more than 90 %."),
        holds(falls, "The training loss does not even fall to half."),
    )
    on_the_way = rests_on(ask, problem, lam)
    for claim in claims:
        yield on_the_way.provided(claim)
    accurate = holds(np.max(history["val_accuracy"]) > 0.8, 'No entry of history["val_accuracy"] is above 0.8.')
    yield on_the_way.provided(accurate, with_classes=True)


# ---- distinct_units


def units(draw, d, pattern):
    """Columns by number: equal numbers stand for the same column; entries are multiples of 1/8."""
    return np.round(draw.apart(d, max(pattern) + 1, most=3.0) * 8)[:, list(pattern)] / 8


@suite.public("distinct_units", "reference", "Equal columns count once", points=4)
def counts_columns(ask, draw):
    for pattern in ((0, 1, 0, 2, 1), (0, 0, 0, 0), (0, 1, 2)):
        count = ask.at(f"{len(pattern)} columns").distinct_units(units(draw, 4, pattern))
        yield equal(f"the count of {len(pattern)} columns", count, float(len(set(pattern))))


@suite.hidden(
    "distinct_units",
    "reference",
    "Columns are the same when every entry agrees to within 1e-9, and only then",
    points=6,
)
def counts_nearly_equal_columns(ask, draw):
    same_units = units(draw, 5, (0, 0, 1, 1, 0, 2)) + 1e-10 * draw.normal(5, 6).clip(-0.5, 0.5)
    yield equal("the count of columns that agree to 1e-10", ask.at("nearly equal").distinct_units(same_units), 3.0)
    one_entry = units(draw, 3, (0, 0, 0, 0))
    one_entry[0], one_entry[0, 2] = 0.0, 3e-8
    one_entry[2], one_entry[2, 3] = 2.5, 2.5 + 2e-6
    yield equal("the count of columns of which one entry differs", ask.at("one entry").distinct_units(one_entry), 3.0)
    mirrored = np.array([[1.0, 2.0, -1.0, 0.5, 1.0], [2.0, 1.0, -2.0, 1.0, 2.0]])
    yield equal(
        "the count of exchanged, mirrored and scaled columns",
        ask.at("alike").distinct_units(W1=Laid(mirrored, "F")),
        4.0,
    )
    yield equal("the count of one column", ask.at("one column").distinct_units(units(draw, 4, (0,))), 1.0)
    yield equal("the count of zeros", ask.at("zeros").distinct_units(np.zeros((3, 6))), 1.0)
    many = tuple(int(number) for number in draw.labels(24, 11))
    yield equal("the count of 24 columns", ask.at("24 columns").distinct_units(units(draw, 6, many)), 11.0)
