"""Schedules are made of two higher-order functions; the graded names are partials and closures of them."""
from functools import partial

import numpy as np


def _scaled(shape):
    """shape(epoch, ...) falls from 1; the rate is lr0 times that."""

    def schedule(lr0, epoch, **options):
        return lr0 * shape(epoch, **options)

    return schedule


def _positional(schedule, *names, **defaults):
    def call(lr0, epoch, *rest, **options):
        return schedule(lr0, epoch, **{**defaults, **dict(zip(names, rest)), **options})

    return call


step_decay = _positional(
    _scaled(lambda epoch, factor, every: factor ** ((epoch - epoch % every) / every)),
    "factor", "every", factor=0.1, every=30,
)
exponential_decay = _positional(_scaled(lambda epoch, gamma: gamma**epoch), "gamma", gamma=0.95)
inverse_time_decay = _positional(_scaled(lambda epoch, k: 1 / (1 + k * epoch)), "k", k=1.0)


def _interpolated(weight, lr0, epoch, total, lr_min=0.0):
    w = weight(np.clip(epoch / total, 0, 1))
    return w * lr0 + (1 - w) * lr_min


cosine_decay = partial(_interpolated, lambda x: (1 + np.cos(np.pi * x)) / 2)


def _record_keeper(allowed):
    """Return a function that says of each loss whether it beats the record: is it below allowed(record)?"""
    record = np.inf

    def beats(loss):
        nonlocal record
        if loss < allowed(record):
            record = loss
            return True
        return False

    return beats


def _run_counter():
    run = 0

    def count(flag):
        nonlocal run
        run = run + 1 if flag else 0
        return run

    return count


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    good = _record_keeper(lambda best: best * (1 - threshold))
    bad_run = _run_counter()

    def rate(loss):
        nonlocal lr0
        # the run is not set to 0 here: every (patience + 1)th epoch of it is a cut
        run = bad_run(not good(loss))
        if run and run % (patience + 1) == 0:
            lr0 = lr0 * factor
        return lr0

    return list(map(rate, losses))


def early_stopping(val_losses, patience=5, min_delta=0.0):
    improves = _record_keeper(lambda best: best - min_delta)
    bad_run = _run_counter()
    best_epoch = None
    for epoch, loss in enumerate(val_losses):
        run = bad_run(not improves(loss))
        if run == 0:
            best_epoch = epoch
        if run >= patience:
            return epoch, best_epoch
    return epoch, best_epoch
