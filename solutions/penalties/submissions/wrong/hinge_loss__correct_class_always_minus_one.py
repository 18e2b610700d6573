"""The correct class gets -1/N however many classes violate the margin."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    gap[rows, y] = 0
    d = (gap > 0) * 1.0
    d[rows, y] = -1.0
    return gap.sum() / n, d / n
