"""A quarter of a period, cos from 1 to 0: right at both ends only."""

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    progress = min(epoch / total, 1)
    return lr_min + (lr0 - lr_min) * np.cos(np.pi / 2 * progress)
