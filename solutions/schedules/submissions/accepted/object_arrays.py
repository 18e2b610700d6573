"""Python functions made into ufuncs; whole states (tuples) are the entries of object arrays and are accumulated."""
import numpy as np


def _fold(step, start, values):
    """States after each value, as a list."""
    line = np.empty(len(values) + 1, dtype=object)
    line[0] = start
    for i, value in enumerate(values):
        line[i + 1] = value
    return np.frompyfunc(step, 2, 1).accumulate(line, dtype=object)[1:].tolist()


@np.vectorize
def step_decay(lr0, epoch, factor=0.1, every=30):
    return float(lr0 * factor ** (epoch // every))


exponential_decay = np.vectorize(lambda lr0, epoch, gamma=0.95: float(lr0 * gamma**epoch), otypes=[float])


@np.vectorize
def inverse_time_decay(lr0, epoch, k=1.0):
    return float(lr0 / (1 + k * epoch))


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    x = np.asarray(epoch / total, dtype=float)
    half = (lr0 - lr_min) / 2
    return np.piecewise(x, [x < 1], [lambda x: lr_min + half + half * np.cos(np.pi * x), lr_min])


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    def step(state, loss):
        best, bad, lr = state
        if loss < best * (1 - threshold):
            return loss, 0, lr
        return (best, bad + 1, lr) if bad + 1 <= patience else (best, 0, lr * factor)

    states = _fold(step, (np.inf, 0, lr0), losses)
    rates = np.empty(len(states), dtype=object)
    for i, (_, _, lr) in enumerate(states):
        rates[i] = lr
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    def step(state, loss):
        epoch, best, best_epoch, stop = state
        if stop is not None:
            return state
        epoch += 1
        if loss < best - min_delta:
            return epoch, loss, epoch, None
        return epoch, best, best_epoch, epoch if epoch - best_epoch >= patience else None

    epoch, _, best_epoch, _ = _fold(step, (-1, np.inf, 0, None), val_losses)[-1]
    return epoch, best_epoch
