"""Problems for the capstone's checks: data that keep clear of every kink, and what training must make of them.

`simulate` is training on full batches in plain NumPy; it chooses the data, and says what `train` must give on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.ask import Laid

NAMES = ("W1", "b1", "W2", "b2")
CLEAR = 2e-3  # how far from every kink and every tie the deterministic data keep


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Where training starts, and the data."""

    params: dict
    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray

    def arguments(self, generator):
        """What `train` is called with, up to its generator."""
        return self.params, Laid(self.x, "F"), self.y, Laid(self.x_val, "strided"), self.y_val, generator


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Parameters and losses after each epoch of full batches, and how near a kink or a tie came."""

    loss_before: float  # the validation loss where training starts
    snapshots: tuple
    train_loss: np.ndarray
    val_loss: np.ndarray
    val_accuracy: np.ndarray
    clear: float


def scores_of(params, x):
    """Scores; NumPy on numbers, a formula on symbols."""
    return np.matmul(np.maximum(np.matmul(x, params["W1"]) + params["b1"], 0.0), params["W2"]) + params["b2"]


def one_hot(y, classes):
    return np.eye(classes)[y]


def loss_of(params, x, y, lam, classes):
    """The loss in evaluation; NumPy on numbers, a formula on symbols."""
    scores, right = scores_of(params, x), one_hot(y, classes)
    behind = scores - np.reshape(np.sum(scores * right, axis=1), shape=(len(x), 1))
    hinge = np.sum(np.maximum(behind + 1.0, 0.0) * (1 - right)) / len(x)
    return hinge + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))


def gradients_of(params, x, y, lam):
    """Gradients of the loss, and the distance from the nearest kink."""
    n, right = len(x), one_hot(y, params["W2"].shape[1])
    a = x @ params["W1"] + params["b1"]
    scores = scores_of(params, x)
    behind = scores - (scores * right).sum(axis=1)[:, None] + 1
    violated = (behind > 0) * (1 - right)
    dscores = (violated - right * violated.sum(axis=1)[:, None]) / n
    da = dscores @ params["W2"].T * (a > 0)
    grads = {"W1": x.T @ da, "b1": da.sum(axis=0), "W2": np.maximum(a, 0).T @ dscores, "b2": dscores.sum(axis=0)}
    for name in ("W1", "W2"):
        grads[name] = grads[name] + 2 * lam * params[name]
    return grads, min(np.abs(a).min(), np.abs(behind + right).min())


def simulate(problem, *, lr, rho, lam, epochs, decay=1.0, updates=1):
    """Train on full batches; `updates` of them an epoch, where all examples are equal."""
    params, velocity, snapshots = problem.params, dict.fromkeys(NAMES, 0.0), []
    classes, losses, val_losses, accuracies, clear = len(problem.params["b2"]), [], [], [], np.inf
    for epoch in range(epochs):
        seen = []
        for _ in range(updates):
            seen.append(loss_of(params, problem.x, problem.y, lam, classes))
            grads, distance = gradients_of(params, problem.x, problem.y, lam)
            velocity = {name: rho * velocity[name] + grads[name] for name in NAMES}
            params = {name: params[name] - lr * decay**epoch * velocity[name] for name in NAMES}
            clear = min(clear, distance)
        snapshots.append(params)
        losses.append(np.mean(seen))
        val_losses.append(loss_of(params, problem.x_val, problem.y_val, lam, classes))
        ranked = np.sort(scores_of(params, problem.x_val), axis=1)
        accuracies.append(np.mean(scores_of(params, problem.x_val).argmax(axis=1) == problem.y_val))
        clear = min(clear, (ranked[:, -1] - ranked[:, -2]).min())
    return Run(
        loss_before=loss_of(problem.params, problem.x_val, problem.y_val, lam, classes),
        snapshots=tuple(snapshots),
        train_loss=np.array(losses),
        val_loss=np.array(val_losses),
        val_accuracy=np.array(accuracies),
        clear=clear,
    )


def network(draw, d, h, c, *, most=1.0):
    """Parameters in general position."""
    return {
        "W1": draw.apart(d, h, most=most),
        "b1": draw.apart(h, least=0.1, most=0.6),
        "W2": draw.apart(h, c, most=most),
        "b2": draw.apart(c, least=0.1, most=0.6),
    }


def problem_for(draw, n, d, h, c, n_val):
    """Random inputs whose classes have something to do with them."""
    y, y_val = draw.labels(n, c), draw.labels(n_val, c)
    centres = draw.normal(c, d)
    x, x_val = draw.normal(n, d) + centres[y], draw.normal(n_val, d) + centres[y_val]
    return Problem(params=network(draw, d, h, c), x=x, y=y, x_val=x_val, y_val=y_val)


def draw_run(draw, sizes, wanted, **options):
    """Draw problems until the deterministic run keeps clear of kinks and ties and is as wanted."""
    while True:
        problem = problem_for(draw, *sizes)
        run = simulate(problem, **options)
        apart = np.abs(np.subtract.outer(run.val_loss, run.val_loss))[~np.eye(len(run.val_loss), dtype=bool)]
        if run.clear > CLEAR and (apart > 0.01).all() and wanted(run):
            return problem, run


def standstill(draw, **options):
    """A run that learns, but whose validation loss stays the same to the last bit, by whatever formula.

    No hidden unit is active on the validation examples, whose scores are therefore b2; and b2 never moves, because both
    classes are equally many and all margins are violated.
    """
    y = np.array([0, 1, 1, 0])
    while True:
        problem = problem_for(draw, 4, 3, 4, 2, 3)
        params, x, x_val = problem.params, problem.x.copy(), problem.x_val.copy()
        params = {name: params[name] * 0.5 for name in NAMES}
        params["W1"][0] = -1.0
        x[:, 0], x_val[:, 0] = 0.0, 50.0
        still = Problem(params=params, x=x, y=y, x_val=x_val, y_val=problem.y_val)
        run = simulate(still, **options)
        unmoved = all((each["b2"] == params["b2"]).all() for each in run.snapshots) and np.ptp(run.val_loss) == 0
        moves = all(np.abs(run.snapshots[0][name] - run.snapshots[1][name]).max() > 1e-3 for name in ("W1", "b1", "W2"))
        if run.clear > CLEAR and unmoved and moves and run.val_loss[0] > 0.1:
            return still, run


def clear_problem(draw, n, d, h, c):
    """Parameters and examples that keep clear of every kink, and of gradients that are zero but for rounding."""
    while True:
        params, x, y = network(draw, d, h, c), draw.normal(n, d), draw.labels(n, c)
        grads, distance = gradients_of(params, x, y, 0.0)
        if distance > CLEAR and all(np.abs(grads[name]).max() > 0.01 for name in NAMES):
            return params, x, y


def close_scores(draw):
    """Parameters, and examples of which the second best score lies just below the best, at a lower class."""
    params, x = network(draw, 3, 5, 4), draw.normal(5000, 3)
    scores = scores_of(params, x)
    gap = np.diff(np.sort(scores, axis=1)[:, -2:])[:, 0]
    second, best = np.argsort(scores, axis=1)[:, -2:].T
    return params, x[(gap > CLEAR) & (gap < 3 * CLEAR) & (second < best)][:8]


def rows_of_their_own(draw, n, h, *, size, weight):
    """Example i alone has the input i, so row i of W1 moves when it is visited; no unit is ever off.

    W2 is small: every margin is violated all the time, and the gradients hardly change. Its three classes push each
    unit with forces of different size, none of them near zero.
    """
    up, down = draw.positive(h, least=2.0, most=3.0), -draw.positive(h, least=2.0, most=3.0)
    params = {
        "W1": draw.positive(n, h, least=0.01, most=0.05),
        "b1": draw.positive(h, least=0.01, most=0.03),
        "W2": weight * np.stack([up, down, draw.apart(h, least=1.0, most=1.5)], axis=1),
        "b2": 0.01 * draw.apart(3),
    }
    x, y = size * np.eye(n), draw.labels(n, 3)
    return Problem(params=params, x=x, y=y, x_val=x, y_val=y)


def dropout_problem(draw):
    """Sixty examples and forty units, none of which is ever off, whatever dropout drops."""
    return rows_of_their_own(draw, 60, 40, size=2.0, weight=0.002)


def wine(draw):
    """The wines, shuffled, and standardised by the 120 of the training set; 58 are left for validation."""
    table = np.loadtxt(Path(__file__).parent / "data" / "wine.csv", delimiter=",", skiprows=1)
    table = table[draw.labels(len(table), len(table))]
    x, y = table[:, :-1], table[:, -1].astype(int)
    x = np.round((x - x[:120].mean(axis=0)) / x[:120].std(axis=0), 3)
    params = {"W1": 0.3 * draw.normal(13, 12), "b1": np.zeros(12), "W2": 0.3 * draw.normal(12, 3), "b2": np.zeros(3)}
    return Problem(params=params, x=x[:120], y=y[:120], x_val=x[120:], y_val=y[120:])


def stopping(losses, patience):
    """The epoch at which early stopping ends a run, and the best one."""
    best = 0
    for epoch, value in enumerate(losses):
        if value < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def relapses(losses, patience):
    """Stopped before the end, after a best epoch that is neither the first nor the lowest of all that would come.

    Where patience is more than 1, a rise has been forgiven before, and the loss has fallen once without a new best one.
    """
    stop, best = stopping(losses, patience)
    ends_early = best > 0 and stop < len(losses) - 1 and losses[stop + 1 :].min() < losses[best]
    forgiven = any(losses[epoch] > min(losses[:epoch]) for epoch in range(1, best + 1))
    half_way = any(min(losses[:epoch]) < losses[epoch] < losses[epoch - 1] for epoch in range(best + 1, stop + 1))
    return ends_early and (patience == 1 or (forgiven and half_way))


def loss_with_dropout(problem, dropped, p):
    """The loss of a problem in which every margin is violated, with these units dropped."""
    params, right = problem.params, one_hot(problem.y, 3)
    hidden = np.maximum(problem.x @ params["W1"] + params["b1"], 0) * np.where(dropped, 0.0, 1 / (1 - p))
    scores = np.matmul(hidden, params["W2"]) + params["b2"]
    behind = scores - np.reshape(np.sum(scores * right, axis=1), shape=(len(problem.x), 1)) + 1.0
    return np.sum(behind * (1 - right)) / len(problem.x)
