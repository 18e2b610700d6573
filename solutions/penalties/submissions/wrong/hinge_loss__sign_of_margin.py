"""Subtracts the margin instead of adding it."""

import numpy as np


def hinge_loss(scores, y, margin=1.0):
    total = 0.0
    d = np.zeros_like(scores)
    for i, row in enumerate(scores):
        for j in range(len(row)):
            gap = row[j] - row[y[i]] - margin
            if j != y[i] and gap > 0:
                total += gap
                d[i, j] += 1
                d[i, y[i]] -= 1
    return total / len(scores), d / len(scores)
