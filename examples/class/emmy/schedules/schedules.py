"""Decays as in the notes that the slides link to: cs231n.github.io/neural-networks-3/"""

import math


# "Step decay: Reduce the learning rate by some factor every few epochs."
def step_decay(lr0, epoch, factor=0.1, every=30):
    lr = lr0
    for _ in range(epoch // every):
        lr = lr * factor
    return lr


# "Exponential decay has the mathematical form alpha = alpha_0 e^(-kt)"
def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * math.exp(-gamma * epoch)


# "1/t decay has the mathematical form alpha = alpha_0 / (1 + kt)"
def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / (1 + k * epoch)


# from the paper, with its warm restarts
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    t = epoch % total
    return lr_min + 0.5 * (lr0 - lr_min) * (1 + math.cos(t * math.pi / total))


# "Monitor your model quality"
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates, lr = [], lr0
    best, bad = math.inf, 0
    for loss in losses:
        good = loss < best * (1 - threshold)
        bad = 0 if good else bad + 1
        best = loss if good else best
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch, bad = math.inf, 0, 0
    epoch = 0
    for epoch, loss in enumerate(val_losses):
        if best - loss > min_delta:
            best, best_epoch, bad = loss, epoch, 0
            continue
        bad += 1
        if bad == patience:
            break
    return epoch, best_epoch
