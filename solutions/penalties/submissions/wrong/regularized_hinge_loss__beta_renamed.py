"""The last parameter has another name."""

import numpy as np


_objective = regularized_hinge_loss


def regularized_hinge_loss(W, x, y, lam, penalty="l2", ratio=1.0):
    return _objective(W, x, y, lam, penalty, ratio)
