"""The gradient is multiplied by the size of the violation, as for the squared hinge."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    gap[rows, y] = 0
    d = gap.copy()
    d[rows, y] = -gap.sum(axis=1)
    return gap.sum() / n, d / n
