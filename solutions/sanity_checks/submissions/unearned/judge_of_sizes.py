"""Decides by the candidate alone, and never asks f."""


# earns nothing: gradient_is_right
def gradient_is_right(f, grad, x, rng, directions=5):
    return bool(np.abs(grad).max() < 2.0)
