"""Prints all the time, turns warnings into errors, changes print options and error settings while it is imported."""
import logging
import math
import sys
import warnings

import numpy as np

print("schedules: loading ...", flush=True)
np.set_printoptions(precision=1, threshold=3, suppress=True)
np.seterr(all="raise")
warnings.warn("this file is not finished", stacklevel=1)
warnings.simplefilter("error")
logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger("schedules")


def step_decay(lr0, epoch, factor=0.1, every=30):
    steps = int(epoch) // int(every)
    print("step_decay", lr0, epoch, factor, every, "->", steps, "steps")
    return float(lr0) * float(factor) ** steps


def exponential_decay(lr0, epoch, gamma=0.95):
    log.debug("exponential_decay(%s, %s, %s)", lr0, epoch, gamma)
    rate = float(lr0) * float(gamma) ** int(epoch)
    sys.stderr.write("rate = %r\n" % rate)
    return rate


def inverse_time_decay(lr0, epoch, k=1.0):
    print("1 / (1 + %s * %s)" % (k, epoch), end="\r")
    return float(lr0) / (1.0 + float(k) * int(epoch))


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    lr0, epoch, total, lr_min = float(lr0), int(epoch), int(total), float(lr_min)
    if epoch >= total:
        print("!!! end of the schedule reached, the rate stays at", lr_min)
        return lr_min
    angle = math.pi * epoch / total
    print("%.1f degrees" % math.degrees(angle))
    return lr_min + (lr0 - lr_min) * (1 + math.cos(angle)) / 2


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    losses = [float(v) for v in losses]
    best, bad, lr = math.inf, 0, float(lr0)
    rates = []
    for epoch, loss in enumerate(losses):
        good = loss < best * (1 - float(threshold))
        print("epoch", epoch, "loss", loss, "best", best, "GOOD" if good else "bad")
        if good:
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr *= float(factor)
            bad = 0
            log.warning("reducing the rate to %g", lr)
        rates.append(lr)
    print(np.array(rates))
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = math.inf, -1
    for epoch, loss in enumerate(float(v) for v in val_losses):
        if loss < best - float(min_delta):
            print("*" * 8, "new best", loss)
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            print("STOP at", epoch)
            return epoch, best_epoch
    print("went through")
    return epoch, best_epoch


print("schedules: ok")
