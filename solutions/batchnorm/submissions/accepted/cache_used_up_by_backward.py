"""The cache is a stack that backward pops until it is empty, so it serves one backward pass only."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    stack = []
    N = x.shape[0]
    if training and N < 2:
        raise ValueError("N must be >= 2 in training")
    if training:
        mu = x.sum(0) / N
        xmu = x - mu
        var = (xmu ** 2).sum(0) / N
        running = {'mean': running['mean'] * (1 - momentum) + mu * momentum,
                   'var': running['var'] * (1 - momentum) + x.var(0, ddof=1) * momentum}
    else:
        xmu = x - running['mean']
        var = running['var']
    stack.append(xmu)
    ivar = 1. / np.sqrt(var + eps)
    stack.append(ivar)
    stack.append(gamma)
    stack.append('train' if training else 'eval')
    return gamma * (xmu * ivar) + beta, stack, running


def batchnorm_backward(dy, cache):
    mode = cache.pop()
    gamma = cache.pop()
    ivar = cache.pop()
    xmu = cache.pop()
    if cache:
        raise RuntimeError('something is left on the stack')
    xmu *= ivar                                   # nobody needs xmu any more
    dbeta = np.sum(dy, 0)
    dgamma = np.sum(dy * xmu, 0)
    dx = dy
    if mode == 'train':
        dx = dx - dbeta / len(dy) - xmu * dgamma / len(dy)
    return dx * gamma * ivar, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    out = [mean + 0, np.sqrt(eps + var)]
    return out.pop(), out.pop()
