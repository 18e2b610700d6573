"""Spreads the curve over total - 1 epochs, as a linspace with `total` entries does."""

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if total == 1:
        return lr0 if epoch < 1 else lr_min
    angles = np.linspace(0, np.pi, total)
    rates = lr_min + (lr0 - lr_min) * (1 + np.cos(angles)) / 2
    return rates[min(epoch, total - 1)]
