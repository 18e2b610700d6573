"""Compares floating-point numbers with ==."""


def gradient_is_right(f, grad, x, rng, directions=5):
    return np.array_equal(numerical_gradient(f, x), grad)
