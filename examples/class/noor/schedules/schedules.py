"""Rates are np.float32, losses are compared in float32."""

import numpy as np

F = np.float32


def step_decay(lr0, epoch, factor=0.1, every=30):
    return F(lr0) * F(factor) ** (epoch // every)


def exponential_decay(lr0, epoch, gamma=0.95):
    return F(lr0) * np.power(F(gamma), F(epoch))


def inverse_time_decay(lr0, epoch, k=1.0):
    return F(lr0) / (F(1) + F(k) * F(epoch))


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    t = min(F(epoch) / F(total), F(1))
    return F(lr_min) + F(0.5) * (F(lr0) - F(lr_min)) * (F(1) + np.cos(F(np.pi) * t))


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    lr, best, bad = F(lr0), F(np.inf), 0
    out = np.empty(len(losses), dtype=F)
    for i, loss in enumerate(np.asarray(losses, dtype=F)):
        if loss < best * (F(1) - F(threshold)):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr *= F(factor)
            bad = 0
        out[i] = lr
    return out


def early_stopping(val_losses, patience=5, min_delta=0.0):
    losses = np.asarray(val_losses, dtype=F)
    best, at = F(np.inf), np.int32(0)
    for i, loss in enumerate(losses):
        if loss < best - F(min_delta):
            best, at = loss, np.int32(i)
        if i - at >= patience:
            return np.int32(i), at
    return np.int32(len(losses) - 1), at
