"""After the schedule the rate is 0, not lr_min."""

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch > total:
        return 0.0
    return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * epoch / total)) / 2
