"""Removes the minus sign instead of the value."""

import numpy as np


def relu(x):
    return np.abs(x)
