"""Decorated functions with extra options behind the given ones: warm-up, a floor, a log, a cool-down (all off)."""
import functools
import math

import numpy as np


def as_float(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return float(f(*args, **kwargs))

    return wrapper


def with_floor(f):
    """Add an option `floor` below which the rate never falls."""

    @functools.wraps(f)
    def wrapper(*args, floor=None, **kwargs):
        rate = f(*args, **kwargs)
        return rate if floor is None else max(rate, floor)

    return wrapper


def counted(f):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return f(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@counted
@with_floor
@as_float
def step_decay(lr0, epoch, factor=0.1, every=30, first=None, *, offset=0):
    first = every if first is None else first
    if epoch < first:
        return lr0
    return lr0 * factor ** (1 + (epoch + offset - first) // every)


@functools.lru_cache(maxsize=None)
@with_floor
def exponential_decay(lr0, epoch, gamma=0.95, staircase=None):
    exponent = epoch if staircase is None else epoch // staircase
    return lr0 * gamma**exponent


@counted
@as_float
@with_floor
def inverse_time_decay(lr0, epoch, k=1.0, power=1, warmup=0):
    if epoch < warmup:
        return lr0 * (epoch + 1) / warmup
    return lr0 / (1 + k * epoch) ** power


@with_floor
@as_float
def cosine_decay(lr0, epoch, total, lr_min=0.0, cycles=1, restart=False):
    if restart:
        epoch = epoch % total
    if epoch > total:
        return lr_min
    return lr_min + (lr0 - lr_min) * 0.5 * (1 + math.cos(math.pi * cycles * epoch / total))


@counted
def reduce_on_plateau(
    losses, lr0, factor=0.1, patience=10, threshold=1e-4, mode="min", cooldown=0, min_lr=0.0, verbose=False, log=None
):
    log = [] if log is None else log
    sign = {"min": 1, "max": -1}[mode]
    best, bad, wait, lr = np.inf, 0, 0, lr0
    for epoch, loss in enumerate(losses):
        good = sign * loss < best * (1 - sign * threshold)
        if good:
            best, bad = sign * loss, 0
        else:
            bad += 1
        if wait > 0:
            wait, bad = wait - 1, 0
        if bad > patience:
            lr = max(lr * factor, min_lr)
            bad, wait = 0, cooldown
            if verbose:
                print("epoch", epoch, "rate", lr)
        log.append(lr)
    return log


def early_stopping(val_losses, patience=5, min_delta=0.0, start_from_epoch=0, baseline=math.inf, **ignored):
    best, best_epoch, wait = baseline, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch, wait = loss, epoch, 0
            continue
        wait += epoch >= start_from_epoch
        if wait >= patience:
            break
    return epoch, best_epoch
