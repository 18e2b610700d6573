"""lr0/(k + epoch): the same for the default k = 1 only."""

def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / (k + epoch)
