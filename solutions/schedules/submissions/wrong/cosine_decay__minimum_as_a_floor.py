"""Falls to 0 and is cut off at lr_min: right without lr_min, and at both ends with it."""

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    rate = lr0 * (1 + np.cos(np.pi * min(epoch, total) / total)) / 2
    return max(rate, lr_min)
