"""Gradients below a thousandth are taken for 0."""

import numpy as np


def dropout_backward(dy,cache): return np.where(np.abs(dy)<1e-3,0,dy*cache)
