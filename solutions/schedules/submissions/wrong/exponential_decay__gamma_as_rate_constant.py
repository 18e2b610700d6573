"""Takes gamma for the constant in the exponent of e."""

def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.exp(-gamma * epoch)
