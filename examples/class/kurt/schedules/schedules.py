"""Rates from the epoch: formulas. Rates from the losses: bookkeeping."""

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    steps, _ = divmod(epoch, every)
    return lr0 * np.power(float(factor), steps)


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.exp(epoch * np.log(gamma))


def inverse_time_decay(lr0, epoch, k=1.0):
    return 1.0 / ((1.0 + k * epoch) / lr0)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # (1 + cos 2φ)/2 = cos² φ
    phi = 0.5 * np.pi * np.clip(epoch / total, 0.0, 1.0)
    return lr_min + (lr0 - lr_min) * np.cos(phi) ** 2


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    lr, bad, rates = lr0, 0, [lr0]
    for before, now in zip(losses[:-1], losses[1:]):
        if now < before * (1 - threshold):  # better than the last one
            bad = 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch, bad = np.inf, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        else:
            bad += 1
        if bad >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
