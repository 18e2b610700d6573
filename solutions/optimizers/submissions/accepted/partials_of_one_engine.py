"""Unusual: lambdas and functools.partials of a few shared engines; what they are not told is bound by keyword."""
from functools import partial, reduce
from operator import add

import numpy as np


def _deal(n, batch_size, rng, *, shuffle, cut):
    cards = shuffle(rng, n)
    return cut(cards, range(batch_size, n, batch_size))


minibatches = partial(_deal, shuffle=np.random.Generator.permutation, cut=np.split)

sgd = lambda x, grad, state, lr: (reduce(add, (x, -lr * grad)), state)


def _fetch(state, *names):
    # missing entries are zeros that broadcast
    return [state.get(name, 0.0) for name in names]


def _velocity(x, g, state, lr, rho=0.9, *, look, times_rate):
    (v,) = _fetch(state, "v")
    g = g(x + rho * v) if look else g
    if times_rate:
        v = rho * v - lr * g
        return x + v, {"v": v}
    v = rho * v + g
    return x - lr * v, {"v": v}


def momentum(x, grad, state, lr, rho=0.9):
    return _velocity(x, grad, state, lr, rho, look=False, times_rate=False)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    return _velocity(x, grad_fn, state, lr, rho, look=True, times_rate=True)


def _second_moment(x, grad, state, lr, *options, defaults, weights, **named):
    """the generic 'divide by the root of something' step; options are those of the outer function, in its order"""
    settings = dict(defaults)
    settings.update(zip(settings, options))
    settings.update(named)
    keep, new = weights(settings)
    (c,) = _fetch(state, "c")
    c = keep * c + new * grad**2
    return x - lr * grad / (np.sqrt(c) + settings["eps"]), {"c": c}


adagrad = partial(_second_moment, defaults={"eps": 1e-10}, weights=lambda s: (1, 1))
rmsprop = partial(
    _second_moment,
    defaults={"beta": 0.99, "eps": 1e-8},
    weights=lambda s: (s["beta"], 1 - s["beta"]),
)


def _ratio(root, x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c, d = _fetch(state, "c", "d")
    ema = lambda old, new: rho * old + (1 - rho) * new * new
    c = ema(c, grad)
    delta = root(d + eps) / root(c + eps) * grad
    return x - lr * delta, {"c": c, "d": ema(d, delta)}


adadelta = partial(_ratio, np.sqrt)


class _Toolbox:
    @staticmethod
    def moments(ctx, x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
        t, m, c = _fetch(state, "t", "m", "c")
        t, m, c = t + 1, beta1 * m + (1 - beta1) * grad, beta2 * c + (1 - beta2) * grad**2
        shrink = np.array([beta1, beta2]) ** t if bias_correction else np.zeros(2)
        mh, ch = m / (1 - shrink[0]), c / (1 - shrink[1])
        return x - lr * mh / (np.sqrt(ch) + eps), {**ctx, "t": t, "m": m, "c": c}


adam = partial(_Toolbox.moments, {"name": "adam"})
