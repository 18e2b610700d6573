"""Partials and lambdas over one generator of masks."""
from functools import partial, reduce

import numpy as np


def _guarded(function):
    def call(*args, p=None, **kwargs):
        if not 0 <= p < 1:
            raise ValueError(f"{p}")
        return function(*args, p=p, **kwargs)

    return call


def _moments(w, x, p, power=2):
    t = np.asarray(w) * np.asarray(x)
    return t.sum(), (1 / (1 - p) - 1) * (np.abs(t) ** power).sum()


def _exact(f, x, p):
    # halve the problem: condition on the last element
    def step(g, i):
        def averaged(head):
            return p * g(np.append(head, 0.0)) + (1 - p) * g(np.append(head, x[i] / (1 - p)))

        return averaged

    return reduce(step, reversed(range(len(x))), lambda point: np.asarray(f(point)))(np.array([]))


def _sampled(f, x, rng, samples, p):
    masks = (rng.random((samples, len(x))) < 1 - p) / (1 - p)
    values = np.array(list(map(f, masks * x)))
    return np.mean(values, axis=0), np.std(values, axis=0, ddof=1) * samples**-0.5


def dropout_moments(w, x, p):
    return _guarded(_moments)(w, x, p=p)


def exact_average(f, x, p):
    return _guarded(_exact)(f, x, p=p)


def monte_carlo_average(f, x, p, rng, samples):
    return _guarded(_sampled)(f, x, rng, samples, p=p)


def _softmax(z, axis):
    z = z - z.max(axis=axis, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)


def _geometric(scores, softmax):
    return softmax(np.mean(scores, axis=0))


geometric_mean_softmax = partial(_geometric, softmax=partial(_softmax, axis=-1))
flip_average = lambda predict, images: sum(predict(images[:, :, ::s]) for s in (1, -1)) / 2


def _bags(n, rounds, rng, out=np.setdiff1d):
    return [(d, out(np.arange(n), d)) for d in (rng.integers(n, size=n) for _ in range(rounds))]


bagging_indices = partial(_bags, out=np.setdiff1d)
