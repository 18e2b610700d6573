"""Masked arrays: bad epochs are masked, and numpy.ma finds the stretches of them; rates come back masked nowhere."""
import numpy as np
import numpy.ma as ma


def step_decay(lr0, epoch, factor=0.1, every=30):
    stages = ma.masked_greater(np.arange(0, epoch + every, every), epoch)
    return lr0 * factor ** (stages.count() - 1)


def exponential_decay(lr0, epoch, gamma=0.95):
    return ma.power(ma.array(gamma, dtype=float), epoch) * lr0


def inverse_time_decay(lr0, epoch, k=1.0):
    return ma.divide(ma.array(float(lr0)), 1 + k * epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    curve = ma.array(np.cos(np.pi * np.array([epoch]) / total), mask=[epoch > total])
    return (lr_min + (lr0 - lr_min) * (1 + curve) / 2).filled(lr_min)[0]


def _mask_bad(losses, limit):
    marked = ma.array(losses, dtype=float, mask=np.zeros(len(losses), dtype=bool))
    best = np.inf
    for i, loss in enumerate(marked.data):
        if loss < limit(best):
            best = loss
        else:
            marked[i] = ma.masked
    return marked


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    marked = _mask_bad(losses, lambda best: best * (1 - threshold))
    rates = ma.ones(len(marked))
    for stretch in ma.clump_masked(marked):
        for cut in range(stretch.start + patience, stretch.stop, patience + 1):
            rates[cut:] *= factor
    return rates * lr0


def early_stopping(val_losses, patience=5, min_delta=0.0):
    marked = _mask_bad(val_losses, lambda best: best - min_delta)
    stop = len(marked) - 1
    for stretch in ma.clump_masked(marked):
        if stretch.stop - stretch.start >= patience:
            stop = stretch.start + patience - 1
            break
    return stop, int(ma.flatnotmasked_edges(marked[:stop + 1])[1])
