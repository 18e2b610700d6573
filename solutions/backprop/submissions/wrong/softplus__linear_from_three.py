"""Takes x itself from x = 3 on, far too early."""

import numpy as np


def softplus(x):
    return np.where(x > 3, x, np.log1p(np.exp(np.minimum(x, 3))))
