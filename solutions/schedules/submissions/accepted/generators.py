"""Endless generators of rates, a coroutine that is sent the losses, and itertools to cut out what is asked for."""
from itertools import chain, count, islice, repeat
from math import cos, inf, pi


def _nth(iterable, n):
    return next(islice(iterable, n, None))


def _stages(lr, factor, every):
    while True:
        yield from repeat(lr, every)
        lr = lr * factor


def step_decay(lr0, epoch, factor=0.1, every=30):
    return _nth(_stages(lr0, factor, every), epoch)


def _geometric(lr, gamma):
    while True:
        yield lr
        lr *= gamma


def exponential_decay(lr0, epoch, gamma=0.95):
    return _nth(_geometric(lr0, gamma), epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    return _nth((lr0 / d for d in count(1, k)), epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    falling = ((lr0 - lr_min) / 2 * (1 + cos(pi * e / total)) + lr_min for e in range(total))
    return _nth(chain(falling, repeat(lr_min)), epoch)


def _plateau(lr, factor, patience, threshold):
    loss = yield
    best, bad = loss, 0             # the first loss is always good
    while True:
        loss = yield lr
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        elif bad == patience:
            lr, bad = lr * factor, 0
        else:
            bad += 1


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    monitor = _plateau(lr0, factor, patience, threshold)
    next(monitor)
    return [monitor.send(loss) for loss in losses]


def _until_stop(losses, patience, min_delta):
    """Yield the best epoch after each epoch; end with the one that stops."""
    best, best_epoch, left = inf, None, patience
    for epoch, loss in enumerate(losses):
        if loss < best - min_delta:
            best, best_epoch, left = loss, epoch, patience
        else:
            left -= 1
        yield epoch, best_epoch
        if left == 0:
            return


def early_stopping(val_losses, patience=5, min_delta=0.0):
    *_, last = _until_stop(val_losses, patience, min_delta)
    return last
