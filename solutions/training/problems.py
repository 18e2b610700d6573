"""Problems for the capstone's hidden checks: data that keep clear of every kink, and what must come of them.

The formulas here choose the data, and judge what chance has a part in. Where training is deterministic, `descend` goes
through it, by the right loss and gradients or by a student's own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np

from .public_checks import NAMES, Problem, exercise, network, network_and_examples, training_problem

CLEAR = 2e-3  # how far from every kink and every tie the deterministic data keep


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A deterministic run of `train`: what messages call it, how it is called, and what must come of it."""

    what: str
    problem: Problem
    options: dict
    loss_before: float  # the validation loss where training starts
    path: list  # parameters, from where training starts, after each update
    snapshots: list  # parameters after each epoch; these and the losses go on where `train` stops early
    train_loss: np.ndarray
    val_loss: np.ndarray
    val_accuracy: np.ndarray

    def train(self, student, inputs, **others):
        """Train the student's way, all arguments by their names; `others` are options to take instead."""
        names = ("params", "x", "y", "x_val", "y_val", "rng")
        arguments = dict(zip(names, self.problem.arguments(inputs.generator()), strict=True))
        return student.at(self.what).train(**arguments, **self.options | others)


# ---- formulas


def scores_of(params, x):
    return np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]


def margins_of(scores, y):
    """Return how far each class is within its margin, below 0 outside of it, and which are the right classes."""
    right = np.eye(scores.shape[1], dtype=bool)[y]
    return scores - scores[right][:, None] + 1, right


def penalty_of(params, lam):
    return lam * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())


def right_loss_and_gradients(params, x, y, lam, mask=1.0):
    """Return loss and gradients; `mask` is what dropout multiplies the hidden outputs by."""
    a = x @ params["W1"] + params["b1"]
    hidden = np.maximum(a, 0) * mask
    margins, right = margins_of(hidden @ params["W2"] + params["b2"], y)
    violated = (margins > 0) & ~right
    dscores = (violated - right * violated.sum(axis=1)[:, None]) / len(x)
    da = dscores @ params["W2"].T * mask * (a > 0)
    grads = {"W1": x.T @ da, "b1": da.sum(axis=0), "W2": hidden.T @ dscores, "b2": dscores.sum(axis=0)}
    penalized = {name: grads[name] + 2 * lam * params[name] for name in ("W1", "W2")}
    return margins[violated].sum() / len(x) + penalty_of(params, lam), grads | penalized


def gradients_of(params, x, y, lam):
    return right_loss_and_gradients(params, x, y, lam)[1]


def evaluation(problem, params, lam):
    """Return the right validation loss and accuracy of parameters."""
    scores, y = scores_of(params, problem.x_val), problem.y_val
    margins, right = margins_of(scores, y)
    loss = np.maximum(margins, 0)[~right].sum() / len(y) + penalty_of(params, lam)
    return loss, np.mean(scores.argmax(axis=1) == y)


def keeps_clear_of_kinks(params, x, y):
    margins, _ = margins_of(scores_of(params, x), y)
    return min(np.abs(x @ params["W1"] + params["b1"]).min(), np.abs(margins).min()) > CLEAR


def keeps_clear_of_ties(params, x):
    ranked = np.sort(scores_of(params, x), axis=1)
    return (ranked[:, -1] - ranked[:, -2]).min() > CLEAR


def stopping(losses, patience):
    """Return the epoch at which early stopping ends a run."""
    best = 0
    for epoch, value in enumerate(losses):
        if value < losses[best]:
            best = epoch
        elif patience is not None and epoch - best >= patience:
            return epoch
    return len(losses) - 1


# ---- deterministic runs


def descend(
    loss_and_gradients, problem, *, lr=1e-2, rho=0.9, lam=0.0, batch_size=32, epochs=20, decay=1.0, patience=None
):
    """Train without dropout where the order of examples doesn't matter: in one batch, or because all are equal.

    Returns the parameters from the start on, after each update, those after each epoch, and the training losses. The
    options are those of `train`; early stopping is left to the caller.
    """
    path, velocity, snapshots, train_loss = [problem.params], dict.fromkeys(NAMES, 0.0), [], []
    for epoch in range(epochs):
        losses = []
        for start in range(0, len(problem.x), batch_size):
            batch, params = slice(start, start + batch_size), path[-1]
            loss, grads = loss_and_gradients(params, problem.x[batch], problem.y[batch], lam)
            losses.append(loss)
            velocity = {name: rho * velocity[name] + grads[name] for name in NAMES}
            path.append({name: params[name] - lr * decay**epoch * velocity[name] for name in NAMES})
        snapshots.append(path[-1])
        train_loss.append(np.mean(losses))
    return path, snapshots, np.array(train_loss)


def case_of(what, problem, **options):
    """Return the case of a problem."""
    path, snapshots, train_loss = descend(right_loss_and_gradients, problem, **options)
    (loss_before, _), *after = [
        evaluation(problem, params, options.get("lam", 0.0)) for params in (path[0], *snapshots)
    ]
    return Case(
        what=what,
        problem=problem,
        options=options,
        loss_before=loss_before,
        path=path,
        snapshots=snapshots,
        train_loss=train_loss,
        val_loss=np.array([loss for loss, _ in after]),
        val_accuracy=np.array([accuracy for _, accuracy in after]),
    )


def keeps_clear(case):
    """Say whether a run keeps clear of kinks, on training data, and of ties, on the validation set."""
    problem = case.problem
    clear_of_kinks = all(keeps_clear_of_kinks(params, problem.x, problem.y) for params in case.path)
    return clear_of_kinks and all(keeps_clear_of_ties(params, problem.x_val) for params in case.snapshots)


def draw_case(inputs, what, sizes, wanted, *, stretch=1.0, **options):
    """Draw problems until the run is as wanted, and keeps clear of kinks, ties, equal losses and an accuracy of 0.

    The validation set is stretched, so that its losses are large.
    """
    while True:
        problem = training_problem(inputs, *sizes)
        case = case_of(what, replace(problem, x_val=stretch * problem.x_val), **options)
        clear = case.val_accuracy.min() > 0 and (np.diff(np.sort(case.val_loss)) > 0.01).all()
        if wanted(case) and clear and keeps_clear(case):
            return case


def falls_then_rises(case):
    """Say whether the lowest validation loss lies in the middle, and accuracy and training loss go other ways.

    The accuracy rises and falls, and by either of the two another epoch is the best.
    """
    best, changes = case.val_loss.argmin(), np.diff(case.val_accuracy)
    elsewhere = best not in (case.train_loss.argmin(), case.val_accuracy.argmax())
    return 0 < best < len(case.val_loss) - 1 and elsewhere and changes.min() < 0 < changes.max()


def is_large_and_lowest_in_the_middle(case):
    """Say whether the lowest validation loss is beyond 1000, and neither the first nor the last."""
    return 0 < case.val_loss.argmin() < len(case.val_loss) - 1 and case.val_loss.min() > 1000.0


def rises(case):
    return case.loss_before < case.val_loss[0] and (np.diff(case.val_loss) > 0).all()


def relapses(case):
    """Say whether it stops before the end, after a best epoch that is neither the first nor the lowest that would come.

    With patience 2, a rise has been forgiven before; with patience 3, the loss has fallen once without a new best one.
    """
    losses, patience = case.val_loss, case.options["patience"]
    stop = stopping(losses, patience)
    best = losses[: stop + 1].argmin()
    ends_early = best > 0 and stop < len(losses) - 1 and losses[stop + 1 :].min() < losses[best]
    forgiven = patience != 2 or (np.diff(losses[: best + 1]) > 0).any()
    half_way = patience != 3 or (np.diff(losses[best + 1 : stop + 1]) < 0).any()
    return ends_early and forgiven and half_way


def draw_standstill(inputs, **options):
    """Draw a problem that learns, but whose validation loss stays the same to the last bit, by whatever formula.

    No hidden unit is active on the validation examples, whose scores are therefore b2; and b2 never moves, because both
    classes are equally many and all margins are violated.
    """
    while True:
        drawn = training_problem(inputs, 8, 3, 4, 2, 2)
        params, x, x_val = {name: 0.5 * value for name, value in drawn.params.items()}, drawn.x, drawn.x_val
        params["W1"][0], x[:, 0], x_val[:, 0] = -1.0, 0.0, 50.0
        problem = Problem(params=params, x=x, y=np.tile([0, 1], 4), x_val=x_val, y_val=drawn.y_val)
        case = case_of("", problem, **options)
        first, second, *_ = case.snapshots
        unmoved = all((each["b2"] == params["b2"]).all() for each in case.snapshots) and np.ptp(case.val_loss) == 0
        moves = all(np.abs(first[name] - second[name]).max() > 1e-3 for name in ("W1", "b1", "W2"))
        if unmoved and moves and case.val_loss[0] > 0.1 and keeps_clear(case):
            return problem


def draw_zero_losses(inputs, **options):
    """Draw a problem whose validation loss falls to exactly 0 and stays there, while training goes on."""
    while True:
        case = case_of("validation losses of 0", training_problem(inputs, 8, 3, 4, 2, 2), **options)
        first, second, third, *_ = case.val_loss
        moves = all(np.abs(case.snapshots[1][name] - case.snapshots[-1][name]).max() > 1e-2 for name in ("W1", "W2"))
        if first > 0.1 and second == third == case.val_loss[-1] == 0 and moves and keeps_clear(case):
            return case


def draw_equal_examples(inputs, n, **options):
    """Draw n examples that are all equal, so that every order and every choice of a minibatch is the same."""
    while True:
        one = training_problem(inputs, 1, 3, 4, 3, 3)
        one.params["b2"][one.y] -= 30.0  # so far behind that no margin is reached before the end
        x, y = np.repeat(one.x, n, axis=0), np.repeat(one.y, n)
        problem = Problem(params=one.params, x=x, y=y, x_val=one.x_val, y_val=one.y_val)
        case = case_of(f"{n} equal examples", problem, **options)
        moves = np.abs(np.diff(case.val_loss)).min() > 1e-4 and case.train_loss[-1] > 0.05
        if moves and keeps_clear(case):
            return case


# ---- other data


def clear_problem(inputs, n, d, h, c):
    """Draw parameters and examples that keep clear of every kink, and of gradients that are zero but for rounding."""
    while True:
        params, x, y = network_and_examples(inputs, n, d, h, c)
        grads = gradients_of(params, x, y, 0.0)
        if keeps_clear_of_kinks(params, x, y) and all(np.abs(grads[name]).max() > 0.01 for name in NAMES):
            return params, x, y


def clear_scores(inputs, n, d, h, c):
    """Draw parameters and examples without ties."""
    while True:
        params, x = network(inputs, d, h, c), inputs.normal(n, d, scale=2.0)
        if keeps_clear_of_ties(params, x):
            return params, np.asfortranarray(x)


def close_scores(inputs):
    """Draw parameters, and examples of which the second best score lies just below the best, at a lower class."""
    while True:
        params, x = network(inputs, 3, 5, 4), inputs.normal(4000, 3)
        scores = scores_of(params, x)
        gap = np.diff(np.sort(scores, axis=1)[:, -2:])[:, 0]
        second, best = np.argsort(scores, axis=1)[:, -2:].T
        close = (gap > CLEAR) & (gap < 3 * CLEAR) & (second < best)
        if close.sum() >= 8:
            return params, x[close][:8]


def rows_of_their_own(inputs, n, h, *, size, weight):
    """Return a problem in which example i alone has the input i, so that row i of W1 moves when it is visited.

    No unit is ever off. W2 is small: every margin is violated all the time, and the gradients hardly change. Its three
    classes push each unit with forces of different size, none of them near zero.
    """
    up, down = inputs.positive(h, least=2.0, most=3.0), -inputs.positive(h, least=2.0, most=3.0)
    params = {
        "W1": inputs.positive(n, h, least=0.01, most=0.05),
        "b1": inputs.positive(h, least=0.01, most=0.03),
        "W2": weight * np.stack([up, down, inputs.apart(h, least=1.0, most=1.5)], axis=1),
        "b2": 0.01 * inputs.apart(3),
    }
    x, y = size * np.eye(n), inputs.labels(n, 3)
    return Problem(params=params, x=x, y=y, x_val=x[:3], y_val=y[:3])


# ---- one way: what happened can be read off the parameters

FAR_BEHIND = -1000.0


def one_way_problem(inputs, n, h):
    """Return a problem in which example i alone has the input i, and whose gradients hardly change.

    All examples are of one class, which is far behind: every margin is violated all the time. No unit is ever off.
    """
    up, down = inputs.positive(h, least=2.0, most=3.0), -inputs.positive(h, least=2.0, most=3.0)
    params = {
        "W1": inputs.positive(n, h, least=0.04, most=0.06),
        "b1": inputs.positive(h, least=0.4, most=0.6),
        "W2": np.stack([up, down, inputs.apart(h, least=1.0, most=1.5)], axis=1),
        "b2": np.array([0.3, -0.2, FAR_BEHIND]),
    }
    x, y = 4.0 * np.eye(n), np.full(n, 2)
    # An accuracy of a third: whole numbers would look like single precision, whose tolerance is wide.
    return Problem(params=params, x=x, y=y, x_val=x[:3], y_val=np.array([2, 2, 0]))


def replay(problem, epochs, *, lr, rho, lam, decay=1.0, gradients=right_loss_and_gradients):
    """Train in batches that are given, the right way or by other gradients; return the parameters and training losses.

    `epochs` are lists of batches, each the numbers of its examples and what dropout multiplies their hidden outputs by.
    """
    params, velocity, train_loss = problem.params, dict.fromkeys(NAMES, 0.0), []
    for epoch, batches in enumerate(epochs):
        losses = []
        for chosen, mask in batches:
            loss, grads = gradients(params, problem.x[chosen], problem.y[chosen], lam, mask)
            losses.append(loss)
            velocity = {name: rho * velocity[name] + grads[name] for name in NAMES}
            params = {name: params[name] - lr * decay**epoch * velocity[name] for name in NAMES}
        train_loss.append(np.mean(losses))
    return params, np.array(train_loss)


def own_units(problem, batch_size):
    """Return how far an example moves its own row of W1 in one step of rate 1, if nothing is dropped."""
    return gradients_of(problem.params, problem.x, problem.y, 0.0)["W1"] * len(problem.x) / batch_size


def read_epoch(moved, units, steps):
    """Return for each example the number of its batch, and which units survived: rows move when they are visited.

    `steps` is how many steps of its gradient a row of each batch is moved by, the last batch last.
    """
    shares = moved / units
    survived = shares > 0.5 * np.min(steps)
    means = (shares * survived).sum(axis=1) / np.maximum(1, survived.sum(axis=1))
    return np.abs(means[:, np.newaxis] - steps).argmin(axis=1), survived


def momentum_steps(rho, count):
    """Return how many steps of its gradient an example is moved by that is in the first, ..., last of some batches."""
    return np.cumsum(rho ** np.arange(count))[::-1]


def moved_by_any_place(n):
    """Return the probabilities that an index comes to a place where each place is swapped with any place in its turn.

    They are 1/n where orders are equally likely, which these are not.
    """
    probabilities = np.eye(n)
    for place in range(n):
        here = probabilities[:, place].copy()
        probabilities *= 1 - 1 / n
        probabilities += here[:, np.newaxis] / n  # what was here comes to any place
        probabilities[:, place] = 1 / n  # and what was anywhere comes here
    return probabilities


def wine_problem(inputs):
    """Return the wines, shuffled and standardized by the 120 of the training set; 58 are left for validation."""
    table = np.loadtxt(io.StringIO(exercise.data("wine.csv").decode()), delimiter=",", skiprows=1)
    table = table[inputs.permutation(len(table))]
    x, y = table[:, :-1], table[:, -1].astype(int)
    x = np.round((x - x[:120].mean(axis=0)) / x[:120].std(axis=0), 3)
    params = {
        "W1": 0.3 * inputs.normal(13, 12),
        "b1": np.zeros(12),
        "W2": 0.3 * inputs.normal(12, 3),
        "b2": np.zeros(3),
    }
    return Problem(params=params, x=x[:120], y=y[:120], x_val=x[120:], y_val=y[120:])
