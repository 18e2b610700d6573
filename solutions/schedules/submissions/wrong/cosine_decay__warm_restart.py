"""Starts again at lr0 when `total` is reached."""

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * (epoch % total) / total)) / 2
