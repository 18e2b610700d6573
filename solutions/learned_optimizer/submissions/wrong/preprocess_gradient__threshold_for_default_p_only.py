"""The threshold is written down as the number e^-10, the rest follows p."""


def preprocess_gradient(grad, p=10.0):
    threshold = 4.5399929762484854e-05
    big = np.abs(grad) >= threshold
    safe = np.where(big, np.abs(grad), 1.0)
    return np.stack([np.where(big, np.log(safe) / p, -1.0), np.where(big, np.sign(grad), np.exp(p) * grad)], axis=1)
