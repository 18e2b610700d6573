"""Schedules, by Zoë."""

import math


def step_decay(lr0, epoch, factor=0.1, every=30):
    rate = lr0
    while epoch >= every:
        epoch -= every
        rate *= factor
    return rate


def exponential_decay(lr0, epoch, gamma=0.95):
    rate = lr0
    while epoch > 0:
        epoch -= 1
        rate *= gamma
    return rate


def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / math.fsum([1.0, k * epoch])


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch >= total:
        return lr_min
    half = math.cos(math.pi * epoch / total) / 2
    return lr0 * (0.5 + half) + lr_min * (0.5 - half)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates, rate, best, bad = [], lr0, math.inf, 0
    while len(rates) < len(losses):
        loss = losses[len(rates)]
        if loss < best * (1 - threshold):
            best, bad = loss, 0
            rates.append(rate)
            continue
        bad += 1
        if bad > patience:
            rate, bad = rate * factor, 0
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    lowest, where = math.inf, 0
    for now in range(len(val_losses)):
        if lowest - min_delta > val_losses[now]:
            lowest, where = val_losses[now], now
        if now - where == patience:
            return now, where
    return now, where
