"""Recursion everywhere, always into halves, so that its depth stays small for long runs."""
import math


def _power(base, n):
    if n == 0:
        return 1
    half = _power(base, n // 2)
    return half * half * base if n % 2 else half * half


def step_decay(lr0, epoch, factor=0.1, every=30):
    if epoch < every:
        return lr0
    # a whole number of stages goes into one multiplication
    stages = epoch // every
    return step_decay(lr0 * _power(factor, stages), epoch - stages * every, factor, every)


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * _power(gamma, epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    # r(a + b) from r(a): 1/r grows by k·b/lr0
    if epoch == 0:
        return lr0
    if epoch == 1:
        return lr0 / (1 + k)
    a = epoch // 2
    b = epoch - a
    ra, rb = inverse_time_decay(1.0, a, k), inverse_time_decay(1.0, b, k)
    return lr0 / (1 / ra + 1 / rb - 1)


def _cos_of_multiple(n, x):
    """cos(n·x) by the double-angle and the sum formula."""

    def both(m):
        if m == 0:
            return 1.0, 0.0
        c, s = both(m // 2)
        c, s = c * c - s * s, 2 * s * c
        if m % 2:
            c, s = c * math.cos(x) - s * math.sin(x), s * math.cos(x) + c * math.sin(x)
        return c, s

    return both(n)[0]


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch > total:
        return cosine_decay(lr0, total, total, lr_min)
    return lr_min + (lr0 - lr_min) * (1 + _cos_of_multiple(epoch, math.pi / total)) / 2


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    def walk(part, state):
        if len(part) == 1:
            best, bad, lr = state
            if part[0] < best * (1 - threshold):
                return (part[0], 0, lr), [lr]
            if bad < patience:
                return (best, bad + 1, lr), [lr]
            return (best, 0, lr * factor), [lr * factor]
        middle = len(part) // 2
        state, left = walk(part[:middle], state)
        state, right = walk(part[middle:], state)
        return state, left + right

    return walk(losses, (math.inf, 0, lr0))[1]


def early_stopping(val_losses, patience=5, min_delta=0.0):
    def walk(start, stop, best, best_epoch):
        """(stopped at or None, best, best epoch) after epochs start .. stop - 1"""
        if stop - start == 1:
            if val_losses[start] < best - min_delta:
                return None, val_losses[start], start
            return (start if start - best_epoch >= patience else None), best, best_epoch
        middle = (start + stop) // 2
        stopped, best, best_epoch = walk(start, middle, best, best_epoch)
        if stopped is not None:
            return stopped, best, best_epoch
        return walk(middle, stop, best, best_epoch)

    stopped, _, best_epoch = walk(0, len(val_losses), math.inf, 0)
    return (len(val_losses) - 1 if stopped is None else stopped), best_epoch
