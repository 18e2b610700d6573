"""e^(-(1 - gamma) epoch): close to gamma^epoch for a gamma near 1, but not the same."""

def exponential_decay(lr0, epoch, gamma=0.95):
    shrink = 1 - gamma
    return lr0 * np.exp(-shrink * epoch)
