"""Only a p that is far out is refused."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < -0.05 or p > 1.1:
        raise ValueError(p)
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.full(x.shape, 1 - p)
    return x * mask, mask
