"""The mean of sixty errors hides one."""


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return np.mean(np.abs(own - grad)) < 2e-2 * np.abs(own).max()
