"""np.allclose with its default atol of 1e-8 and rtol of 1e-5, which tiny functions pass."""


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return np.allclose(own, grad, rtol=1e-2, atol=1e-4)
