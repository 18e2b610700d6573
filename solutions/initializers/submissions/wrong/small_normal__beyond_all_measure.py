"""Returns numbers of both signs that are so large that their spread is infinite."""

import numpy as np



def small_normal(fan_in, fan_out, rng, std=0.01):
    weights = np.full((fan_in, fan_out), 1e300)
    weights.flat[::2] = -1e300
    return weights
