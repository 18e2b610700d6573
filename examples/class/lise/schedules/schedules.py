"""Schedules."""

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** np.floor(epoch / every)


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * gamma(epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    lrs = np.zeros(epoch)
    for e in range(epoch + 1):
        lrs[e] = lr0 / (1 + k * e)
    return lrs[epoch]


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # how often total goes into epoch
    rounds = total // epoch
    if rounds == 0:
        return lr_min
    return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * epoch / total)) / 2


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates = np.array([])
    best, bad = np.inf, 0
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
            if bad > patience:
                lr0, bad = lr0 * factor, 0
        rates.append(lr0)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best_epoch = 0
    for epoch in range(len(val_losses)):
        if val_losses[epoch] < val_losses[best_epoch] - min_delta:
            best_epoch = epoch
        assert epoch - best_epoch < patience, "stop here"
    return epoch, best_epoch
