"""The loss is divided by N, the gradient is not."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    gap[rows, y] = 0
    d = np.sign(gap)
    d[rows, y] = -d.sum(axis=1)
    return gap.sum() / n, d
