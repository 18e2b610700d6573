"""Exact arithmetic with fractions of the numbers as they are written; rounded once, to a float, at the very end."""
from fractions import Fraction
from math import cos, pi


def _exact(number):
    return Fraction(repr(float(number)))


def step_decay(lr0, epoch, factor=0.1, every=30):
    return float(_exact(lr0) * _exact(factor) ** (int(epoch) // int(every)))


def exponential_decay(lr0, epoch, gamma=0.95):
    return float(_exact(lr0) * _exact(gamma) ** int(epoch))


def inverse_time_decay(lr0, epoch, k=1.0):
    return float(_exact(lr0) / (1 + _exact(k) * int(epoch)))


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    turn = min(Fraction(int(epoch), int(total)), Fraction(1))
    top, bottom = _exact(lr0), _exact(lr_min)
    exact = {Fraction(0): 1, Fraction(1, 3): Fraction(1, 2), Fraction(1, 2): 0, Fraction(2, 3): Fraction(-1, 2),
             Fraction(1): -1}
    c = exact[turn] if turn in exact else Fraction(cos(pi * turn))
    return float(bottom + (top - bottom) * (1 + c) / 2)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    share = 1 - _exact(threshold)
    rate, best, bad = _exact(lr0), None, 0
    rates = []
    for loss in map(_exact, losses):
        if best is None or loss < best * share:
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            rate, bad = rate * _exact(factor), 0
        rates.append(float(rate))
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    delta = _exact(min_delta)
    losses = [_exact(v) for v in val_losses]
    best_epoch = 0
    for epoch, loss in enumerate(losses):
        if losses[best_epoch] - loss > delta:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            break
    return epoch, best_epoch
