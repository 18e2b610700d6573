"""Compares the sums."""


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return abs(own.sum() - grad.sum()) < 1e-3 * np.abs(own).sum()
