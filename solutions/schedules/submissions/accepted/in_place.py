"""Saves memory: the losses are overwritten with the rates and handed back; early stopping eats its losses up."""
import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    while epoch >= every:
        lr0 *= factor
        epoch -= every
    return lr0


def exponential_decay(lr0, epoch, gamma=0.95):
    rate = np.array(lr0, dtype=float)
    base = np.array(gamma, dtype=float)
    np.power(base, epoch, out=base)
    rate *= base
    return rate


def inverse_time_decay(lr0, epoch, k=1.0):
    d = np.array(k, dtype=float)
    d *= epoch
    d += 1
    np.divide(lr0, d, out=d)
    return d


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    out = np.array(epoch, dtype=float)
    np.minimum(out, total, out=out)
    out /= total
    out *= np.pi
    np.cos(out, out=out)
    out += 1
    out *= 0.5
    out *= lr0 - lr_min
    out += lr_min
    return out


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    bound, bad = np.inf, 0
    for i in range(len(losses)):
        if losses[i] < bound:
            bound = losses[i] * (1 - threshold)
            bad = 0
        else:
            bad += 1
        if bad > patience:
            lr0 *= factor
            bad = 0
        losses[i] = lr0     # not needed any more
    return losses


def early_stopping(val_losses, patience=5, min_delta=0.0):
    last = len(val_losses) - 1
    best_epoch = 0
    for epoch in range(1, last + 1):
        # position 0 keeps the best loss
        if val_losses[epoch] < val_losses[0] - min_delta:
            val_losses[0] = val_losses[epoch]
            best_epoch = epoch
        elif epoch >= best_epoch + patience:
            last = epoch
            break
    val_losses[:] = val_losses[:1] if isinstance(val_losses, list) else 0
    return last, best_epoch
