"""Draws beyond two standard deviations are drawn again, and the spread is corrected for it: right scale, wrong shape."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    std = gain * np.sqrt(2.0 / (fan_in + fan_out)) / 0.87962566103423978
    W = rng.normal(size=(fan_in, fan_out))
    while np.any(np.abs(W) > 2):
        W = np.where(np.abs(W) > 2, rng.normal(size=W.shape), W)
    return std * W
