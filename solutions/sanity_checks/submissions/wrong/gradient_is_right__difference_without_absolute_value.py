"""Negative differences are small, too."""


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return np.all(grad - own < 1e-3 * np.abs(own).max())
