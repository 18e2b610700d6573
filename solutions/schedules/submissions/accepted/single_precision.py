"""float32 throughout with the formulas of the slide; the rates stay float32, the epochs are int32."""
import numpy as np

F = np.float32


def step_decay(lr0, epoch, factor=0.1, every=30):
    steps = np.floor_divide(np.int32(epoch), np.int32(every))
    return F(lr0) * F(factor) ** F(steps)


def exponential_decay(lr0, epoch, gamma=0.95):
    return F(lr0) * np.power(F(gamma), F(epoch))


def inverse_time_decay(lr0, epoch, k=1.0):
    return F(lr0) / (F(1) + F(k) * F(epoch))


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    lr0, lr_min = F(lr0), F(lr_min)
    progress = min(F(epoch) / F(total), F(1))
    rate = lr_min + (lr0 - lr_min) * (F(1) + np.cos(F(np.pi) * progress)) / F(2)
    assert rate.dtype == F
    return rate


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    losses = np.asarray(losses, dtype=F)
    rates = np.empty(losses.shape, dtype=F)
    lr, best, bad = F(lr0), F(np.inf), 0
    share = F(1) - F(threshold)
    for i, loss in enumerate(losses):
        good = loss < best * share
        best = loss if good else best
        bad = 0 if good else bad + 1
        if bad > patience:
            lr *= F(factor)
            bad = 0
        rates[i] = lr
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    losses = np.asarray(val_losses, dtype=F)
    delta = F(min_delta)
    best, best_epoch = F(np.inf), np.int32(0)
    for epoch in np.arange(len(losses), dtype=np.int32):
        if losses[epoch] < best - delta:
            best, best_epoch = losses[epoch], epoch
        if epoch - best_epoch >= patience:
            break
    return epoch, best_epoch
