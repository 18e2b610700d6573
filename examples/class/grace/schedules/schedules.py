"""Walks through the epochs one by one and changes the rate on the way."""

import math


def step_decay(lr0, epoch, factor=0.1, every=30):
    lr = lr0
    for e in range(1, epoch + 1):
        if e % every == 0:
            lr = lr * factor
    return lr


def exponential_decay(lr0, epoch, gamma=0.95):
    lr = lr0
    for _ in range(epoch):
        lr *= gamma
    return lr


def inverse_time_decay(lr0, epoch, k=1.0):
    denominator = 1.0
    for _ in range(epoch):
        denominator += k
    return lr0 / denominator


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch >= total:
        return lr_min
    height = (math.cos(math.pi * epoch / total) + 1) / 2  # 1 ... 0
    return lr0 * height + lr_min * (1 - height)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    lr = lr0
    best = float("inf")
    strikes = 0
    rates = []
    for loss in losses:
        good = loss < best * (1 - threshold)
        if good:
            best = float(loss)
            strikes = 0
        else:
            strikes = strikes + 1
            if strikes == patience + 1:
                lr = lr * factor
                strikes = 0
        rates.append(lr)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best = float("inf")
    best_epoch = 0
    without = 0
    epoch = -1
    for loss in val_losses:
        epoch += 1
        if loss < best - min_delta:
            best, best_epoch, without = loss, epoch, 0
        else:
            without += 1
        if without == patience:
            break
    return epoch, best_epoch
