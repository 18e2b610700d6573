"""eps = 1e-5 under the root as in batch normalisation: features with a small spread come out too small."""

def standardize(x, mean, std):
    z = (x - mean) / np.sqrt(std ** 2 + 1e-5)
    z[:, std == 0] = 0
    return z
