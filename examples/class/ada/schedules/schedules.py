"""No counting epoch by epoch: find the epochs of improvement, the rest follows from the gaps between them."""

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * np.power(float(factor), np.floor_divide(epoch, every))


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.prod(np.full(epoch, gamma))  # an empty product is 1


def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 * np.reciprocal(1.0 + k * epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # (1 + cos 2a)/2 = cos(a)^2
    quarter = np.clip(epoch / total, 0, 1) * np.pi / 2
    return lr0 * np.cos(quarter) ** 2 + lr_min * np.sin(quarter) ** 2


def _records(losses, bound):
    """Epochs at which a loss lies below bound(best loss so far)."""
    found, best, start = [], np.inf, 0
    while start < losses.size:
        below = np.flatnonzero(losses[start:] < bound(best))
        if below.size == 0:
            break
        start += below[0]
        found.append(start)
        best = losses[start]
        start += 1
    return np.array(found, dtype=int)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    losses = np.asarray(losses, dtype=float)
    good = _records(losses, lambda best: best * (1 - threshold))
    epochs = np.arange(losses.size)
    # bad epochs in a row up to and with each epoch; before the first record everything is bad
    last = np.concatenate([[-1], good])[np.searchsorted(good, epochs, side="right")]
    row = epochs - last
    cut = (row > 0) & (row % (patience + 1) == 0)
    return (lr0 * float(factor) ** np.cumsum(cut)).tolist()


def early_stopping(val_losses, patience=5, min_delta=0.0):
    v = np.asarray(val_losses, dtype=float)
    best = _records(v, lambda b: b - min_delta)
    ends = np.minimum(best + patience, v.size - 1)
    # the first record whose successor comes too late (the last one has none)
    late = np.append(best[1:] > best[:-1] + patience, True)
    k = np.argmax(late)
    return int(ends[k]), int(best[k])
