"""None of the formulas of the slide as such, but all equal to them: exponentials, half angles, differences."""
import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    n = (epoch - epoch % every) / every
    if factor == 0:
        return lr0 if n == 0 else 0.0
    # f^n = e^(n ln f)
    return lr0 * np.exp(n * np.log(factor))


def exponential_decay(lr0, epoch, gamma=0.95):
    if gamma == 0:
        return lr0 * (epoch == 0)
    # half-life h: the rate is halved every h epochs
    per_epoch = -np.log2(gamma)
    return lr0 * np.exp2(-epoch * per_epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    # lr0 minus what has been lost
    return lr0 - lr0 * (k * epoch) / (1 + k * epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # (1 - cos a)/2 = sin²(a/2)
    lost = np.sin(np.pi / 2 * np.fmin(1, epoch / total)) ** 2
    return lr0 - (lr0 - lr_min) * lost


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    good = [True]
    best = losses[0]
    for loss in losses[1:]:
        gain = best - loss
        good.append(bool(gain > threshold * best))
        if good[-1]:
            best = loss
    # distance of every epoch to the last good one; a cut at each multiple of patience + 1
    rates, last, cuts = [], 0, 0
    for i, ok in enumerate(good):
        if ok:
            last = i
        cuts += i > last and (i - last) % (patience + 1) == 0
        rates.append(lr0 * factor**cuts)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    marks = [0]
    for epoch in range(1, len(val_losses)):
        if val_losses[marks[-1]] - val_losses[epoch] > min_delta:
            marks.append(epoch)
    # the first gap between two improvements that is longer than patience, the end of the run included
    n = len(val_losses)
    for mark, following in zip(marks, marks[1:] + [n]):
        if following - mark > patience:
            return mark + patience, mark
    return n - 1, marks[-1]
