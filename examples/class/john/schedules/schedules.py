# schedules, john
import math


def step_decay(lr0, epoch, factor=0.1, every=30):
    rate = lr0 * factor ** (epoch // every)
    print("learning rate:", rate)


def exponential_decay(lr0, epoch, gamma=0.95):
    return f"{lr0 * gamma**epoch:.6f}"


def inverse_time_decay(lr0, t, decay=1.0):
    return lr0 / (1 + decay * t)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch > total:
        epoch = total
    rate = lr_min + (lr0 - lr_min) * (1 + math.cos(math.pi * epoch / total)) / 2
    print("learning rate:", rate)
    return rate


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best = math.inf
    bad = 0
    rate = lr0
    for loss in losses:
        if loss < best * (1 - threshold):
            best = loss
            bad = 0
        else:
            bad += 1
        if bad > patience:
            rate *= factor
            bad = 0
    return rate


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best = math.inf
    best_epoch = 0
    stop = len(val_losses) - 1
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best = loss
            best_epoch = epoch
        elif epoch - best_epoch == patience:
            stop = epoch
            break
    return best_epoch, stop
