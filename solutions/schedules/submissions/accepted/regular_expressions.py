"""The run is written down as a string, + for a good epoch and - for a bad one; regular expressions search it."""
import re

import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    time_line = "." * epoch
    stages = len(re.findall(".{%d}" % every, time_line))
    return lr0 * factor**stages


def exponential_decay(lr0, epoch, gamma=0.95):
    return float(np.float64(lr0) * np.float64(gamma) ** epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    return eval("lr0 / (1 + k * epoch)", {}, {"lr0": lr0, "k": k, "epoch": epoch})


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # a point on the unit circle
    z = np.exp(1j * np.pi * min(epoch / total, 1))
    return lr_min + (lr0 - lr_min) * abs(1 + z) ** 2 / 4


def _written(losses, limit):
    text, best = "", float("inf")
    for loss in losses:
        if loss < limit(best):
            best = loss
            text += "+"
        else:
            text += "-"
    return text


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    text = _written(losses, lambda best: best * (1 - threshold))
    # the (patience + 1)th bad epoch of each stretch becomes an x
    text = re.sub("-{%d}" % (patience + 1), lambda found: found[0][:-1] + "x", text)
    return [lr0 * factor ** text[:i + 1].count("x") for i in range(len(text))]


def early_stopping(val_losses, patience=5, min_delta=0.0):
    text = _written(val_losses, lambda best: best - min_delta)
    stop = re.search("-{%d}" % patience, text)
    seen = text if stop is None else text[:stop.end()]
    return len(seen) - 1, seen.rindex("+")
