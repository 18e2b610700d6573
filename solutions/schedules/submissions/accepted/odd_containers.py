"""Unusual things that convert to the right numbers: 0-d, big-endian, read-only, longdouble, named tuples."""
from array import array
from collections import namedtuple

import numpy as np

Stop = namedtuple("Stop", "stop_epoch best_epoch")


class Rates(list):
    pass


def step_decay(lr0, epoch, factor=0.1, every=30):
    rate = np.array(lr0 * factor ** np.trunc(epoch / every), dtype=">f8")
    rate.flags.writeable = False
    return rate


def exponential_decay(lr0, epoch, gamma=0.95):
    return np.longdouble(lr0) * np.longdouble(gamma) ** int(epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    return np.broadcast_to(lr0 / (1 + k * epoch), ())


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    table = np.zeros(total + 1, dtype=[("epoch", "i4"), ("rate", "f8")])
    table["epoch"] = np.arange(total + 1)
    table["rate"] = lr_min + (lr0 - lr_min) * (1 + np.cos(np.linspace(0, np.pi, total + 1))) / 2
    return table[min(epoch, total)]["rate"]


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates = array("d", [lr0] * len(losses))
    best, bad = np.inf, 0
    for i in range(len(losses)):
        if losses[i] < best * (1 - threshold):
            best, bad = losses[i], 0
        else:
            bad += 1
        if bad > patience:
            bad = 0
            for j in range(i, len(rates)):
                rates[j] *= factor
    return Rates(np.float64(rate) for rate in rates)


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(np.array(val_losses, dtype=np.longdouble)):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch == best_epoch + patience:
            break
    return Stop(stop_epoch=np.array(epoch), best_epoch=float(best_epoch))
