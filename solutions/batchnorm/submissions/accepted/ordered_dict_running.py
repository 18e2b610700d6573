"""running comes back as an OrderedDict with its keys the other way round; the cache is a dict subclass."""
from collections import OrderedDict

import numpy as np


class Bunch(dict):
    def __getattr__(self, name):
        return self[name]


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    N, D = x.shape
    cache = Bunch(gamma=gamma, training=training, N=N)
    result = OrderedDict()
    if training:
        if N < 2:
            raise ValueError('N=%d' % N)
        mu = x.mean(0)
        cache['var'] = ((x - mu) ** 2).mean(0)
        result['var'] = (1 - momentum) * running['var'] + momentum * cache.var * N / (N - 1.)
        result['mean'] = (1 - momentum) * running['mean'] + momentum * mu
    else:
        for key in ('var', 'mean'):
            result[key] = running[key]
        mu, cache['var'] = running['mean'], running['var']
    cache.update(sigma=np.sqrt(cache.var + eps))
    cache.update(xn=(x - mu) / cache.sigma)
    return cache.xn * gamma + beta, cache, result


def batchnorm_backward(dy, cache):
    grads = OrderedDict(dgamma=np.sum(dy * cache.xn, axis=0), dbeta=np.sum(dy, axis=0))
    dxn = dy * cache.gamma
    if cache.training:
        # remove the mean, then the component along xn
        dxn = dxn - dxn.sum(0) / cache.N - cache.xn * ((dxn * cache.xn).sum(0) / cache.N)
    grads['dx'] = dxn / cache.sigma
    grads.move_to_end('dx', last=False)
    return tuple(grads.values())


def identity_parameters(mean, var, eps=1e-5):
    p = Bunch(gamma=np.sqrt(var + eps), beta=mean)
    return p.gamma, p.beta
