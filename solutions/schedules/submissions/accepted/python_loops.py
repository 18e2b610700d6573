"""Only counting loops and comparisons: every rate is worked out epoch by epoch from epoch 0."""
import math


def step_decay(lr0, epoch, factor=0.1, every=30):
    lr = lr0
    countdown = every
    for _ in range(epoch):
        countdown -= 1
        if countdown == 0:
            lr = lr * factor
            countdown = every
    return lr


def exponential_decay(lr0, epoch, gamma=0.95):
    lr = lr0
    for _ in range(epoch):
        lr = lr * gamma
    return lr


def inverse_time_decay(lr0, epoch, k=1.0):
    divisor = 1
    for _ in range(epoch):
        divisor = divisor + k
    return lr0 / divisor


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # walk along the cosine in small differences: cos b = cos a - (cos a - cos b)
    lr = lr0
    e = 0
    while e < epoch and e < total:
        drop = math.cos(math.pi * e / total) - math.cos(math.pi * (e + 1) / total)
        lr = lr - (lr0 - lr_min) * drop / 2
        e = e + 1
    return lr


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates = []
    lr = lr0
    bad = 0
    best = float("inf")
    for i in range(len(losses)):
        if losses[i] < best * (1 - threshold):
            best = losses[i]
            bad = 0
        else:
            bad = bad + 1
            if bad == patience + 1:
                lr = lr * factor
                bad = 0
        rates = rates + [lr]
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best = float("inf")
    best_epoch = -1
    waited = 0
    epoch = -1
    while waited < patience and epoch + 1 < len(val_losses):
        epoch = epoch + 1
        if val_losses[epoch] < best - min_delta:
            best = val_losses[epoch]
            best_epoch = epoch
            waited = 0
        else:
            waited = waited + 1
    return [epoch, best_epoch]
