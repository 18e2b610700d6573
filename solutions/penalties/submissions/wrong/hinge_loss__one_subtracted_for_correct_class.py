"""Removes the correct class by subtracting 1 from the loss, right for margin 1 only."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    d = (gap > 0) * 1.0
    d[rows, y] = 0
    d[rows, y] = -d.sum(axis=1)
    return gap.sum() / n - 1.0, d / n
