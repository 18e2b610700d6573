"""The student takes gamma as the rate k of lr0*exp(-k*epoch)."""


def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.exp(-gamma * epoch)
