"""numpy.ma hides the columns that are short enough; a dict subclass carries the clipped gradients."""
from collections import OrderedDict, defaultdict

import numpy as np
import numpy.ma as ma


class BadLimit(ValueError):
    pass


def max_norm(W, c):
    if c <= 0:
        raise BadLimit(c)
    norms = np.linalg.norm(W, axis=0)
    factor = c / ma.masked_less_equal(norms, c)
    return W * factor.filled(1.0)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise BadLimit(max_norm)
    norm = ma.sqrt(sum(ma.sum(ma.asarray(g) ** 2) for g in grads.values()))
    scale = 1.0 if norm <= max_norm else max_norm / norm
    return OrderedDict((k, np.asarray(g * scale)) for k, g in reversed(list(grads.items()))), float(norm)


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x - ma.getdata(lr * (ma.asarray(grad) + wd * x)), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    s = state if isinstance(state, defaultdict) else defaultdict(float)
    s["t"] += 1
    for name, beta, value in (("m", beta1, grad), ("c", beta2, np.square(grad))):
        s[name] = beta * s[name] + (1 - beta) * value
        s[name + "_hat"] = s[name] / (1 - beta ** s["t"])
    return x - lr * wd * x - lr * s["m_hat"] / (np.sqrt(s["c_hat"]) + eps), s
