"""Learning-rate decay and monitoring; the two monitors are small generators."""

import itertools

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    steps, _ = divmod(epoch, every)
    return lr0 * factor**steps


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * gamma**epoch


def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / (1 + k * epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch > total:
        return lr_min
    return (lr0 + lr_min) / 2 + (lr0 - lr_min) / 2 * np.cos(np.pi * epoch / total)


def bad_in_a_row(losses, limit):
    """After each loss: how many bad ones since the last good one (0 = a good one)."""
    best, bad = np.inf, 0
    for loss in losses:
        bad += 1
        if loss < limit(best):
            best, bad = loss, 0
        yield bad


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates, lr = [], lr0
    for bad in bad_in_a_row(losses, lambda best: best * (1 - threshold)):
        # every patience+1 bad epochs: down
        if bad and bad % (patience + 1) == 0:
            lr *= factor
        rates.append(lr)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    counts = bad_in_a_row(val_losses, lambda best: best - min_delta)
    counts = list(itertools.takewhile(lambda bad: bad < patience, counts))
    stop = min(len(counts), len(val_losses) - 1)
    best = len(counts) - 1 - counts[::-1].index(0)
    return stop, best
