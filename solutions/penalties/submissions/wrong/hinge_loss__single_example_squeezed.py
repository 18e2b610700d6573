"""np.squeeze also removes the batch axis of a single example, which then fails."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    s = np.squeeze(scores)
    n = s.shape[0]
    rows = np.arange(n)
    gap = np.maximum(0, s - s[rows, y][:, None] + margin)
    gap[rows, y] = 0
    d = (gap > 0) * 1.0
    d[rows, y] = -d.sum(axis=1)
    return gap.sum() / n, d / n
