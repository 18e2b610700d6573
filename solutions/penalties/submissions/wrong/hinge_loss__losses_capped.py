"""A class costs at most a hundred."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    rows = np.arange(len(scores))
    margins = np.clip(scores - scores[rows, y][:, None] + margin, 0, 100)
    margins[rows, y] = 0
    slopes = ((margins > 0) & (margins < 100)).astype(float)
    slopes[rows, y] = -slopes.sum(axis=1)
    return margins.sum() / len(scores), slopes / len(scores)
