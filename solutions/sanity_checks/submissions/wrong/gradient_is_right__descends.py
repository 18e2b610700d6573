"""Asks whether a step against the candidate leads downhill."""


def gradient_is_right(f, grad, x, rng, directions=5):
    return f(x - 1e-6 * grad / (np.sqrt(np.sum(grad**2)) + 1e-300)) < f(x)
