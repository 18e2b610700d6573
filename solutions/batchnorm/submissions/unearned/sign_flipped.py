"""Forward has the wrong sign: beta - gamma*(x - mean)/std."""

# earns nothing: batchnorm_forward
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return beta - gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps), None, running
