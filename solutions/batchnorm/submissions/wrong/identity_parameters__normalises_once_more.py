"""The student returns the gamma and beta that would standardise the batch, not those that undo it."""


def identity_parameters(mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    gamma = 1 / std
    beta = -mean / std
    return gamma, beta
