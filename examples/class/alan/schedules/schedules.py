"""Learning rates, Alan"""

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** (epoch / every)


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.power(gamma, float(epoch))


def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / (1.0 + k * epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    amplitude = 0.5 * (lr0 - lr_min)
    return lr_min + amplitude * (1 + np.cos(np.pi * epoch / total))


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    out = []
    lr = lr0
    best = float("inf")
    wait = 0
    for loss in losses:
        if loss < best * (1 - threshold):
            best = loss
            wait = 0
        else:
            wait += 1
            if wait >= patience:
                lr *= factor
                wait = 0
        out.append(lr)
    return out


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch, wait = loss, epoch, 0
        else:
            wait += 1
            if wait > patience:
                break
    return epoch, best_epoch
