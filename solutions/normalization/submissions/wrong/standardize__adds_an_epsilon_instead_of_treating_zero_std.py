"""The student adds 1e-8 to std, so a constant feature gives huge numbers when x differs from the mean."""


def standardize(x, mean, std):
    eps = 1e-8
    return (x - mean) / (std + eps)
