"""Array operations instead of loops over epochs: jump from record to record, then look at the runs between them."""
import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    ends = np.arange(every, epoch + 1, every)
    return lr0 * np.prod(np.full(ends.shape, float(factor)))


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.cumprod(np.r_[1.0, np.repeat(gamma, epoch)])[-1]


def inverse_time_decay(lr0, epoch, k=1.0):
    return np.reciprocal(np.dot([1.0, k], [1, epoch])) * lr0


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    epochs = np.arange(total + 1)
    rates = lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * epochs / total)) / 2
    return np.interp(epoch, epochs, rates)      # stays at the last one behind the end


def _records(losses, below):
    """Mask of the epochs whose loss lies below `below(record)`, the record being the loss of the last such epoch."""
    losses = np.asarray(losses, dtype=float)
    mask = np.zeros(len(losses), dtype=bool)
    at = 0
    while True:
        mask[at] = True
        later = np.flatnonzero(losses[at + 1:] < below(losses[at]))
        if later.size == 0:
            return mask
        at += 1 + later[0]


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    good = _records(losses, lambda best: best * (1 - threshold))
    epochs = np.arange(len(good))
    since = epochs - np.maximum.accumulate(np.where(good, epochs, 0))
    cuts = (since > 0) & (since % (patience + 1) == 0)
    return lr0 * float(factor) ** np.cumsum(cuts)


def early_stopping(val_losses, patience=5, min_delta=0.0):
    good = _records(val_losses, lambda best: best - min_delta)
    last = len(good) - 1
    if patience <= last:
        idle = ~np.lib.stride_tricks.sliding_window_view(good, patience).any(axis=1)
        if idle.any():
            last = np.argmax(idle) + patience - 1
    return last, np.flatnonzero(good[:last + 1])[-1]
