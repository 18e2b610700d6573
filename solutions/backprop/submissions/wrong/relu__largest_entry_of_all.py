"""np.max instead of np.maximum: one number."""

import numpy as np


def relu(x):
    return max(0.0, np.max(x)) * np.ones_like(x)
