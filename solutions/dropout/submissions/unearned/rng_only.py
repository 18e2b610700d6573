"""Forward is noise from the generator, neither x nor p matter."""

# earns nothing: dropout_forward, vanilla_dropout_forward
import numpy as np


def dropout_forward(x, p, rng, training=True):
    return rng.integers(0, 2, x.shape), np.ones_like(x)


def vanilla_dropout_forward(x, p, rng, training=True):
    return rng.integers(0, 2, x.shape), np.ones_like(x)
