"""Unusual: prints a lot (not only ASCII), undisguised decorators, named tuples out, extra optional parameters, frompyfunc."""

import collections
import sys
import warnings
from typing import NamedTuple, Optional

import numpy as np

Step = collections.namedtuple("Step", "x state")


class AdamState(NamedTuple):
    t: int = 0
    m: object = 0.0
    c: object = 0.0


print("optimizers loaded ✓ numpy", np.__version__)
calls = collections.Counter()


def talk(f):
    def wrapper(*args, **kwargs):
        calls[f.__name__] += 1
        print(f"{f.__name__}: call no. {calls[f.__name__]} …")
        if calls[f.__name__] % 5 == 0:
            warnings.warn("still running", UserWarning)
        return f(*args, **kwargs)

    return wrapper


@talk
def minibatches(n, batch_size, rng, drop_last: bool = False):
    remaining, result = list(range(n)), [[]]
    while remaining:
        # a random one goes out, the last one takes its place
        k = int(rng.random() * len(remaining))
        remaining[k], remaining[-1] = remaining[-1], remaining[k]
        if len(result[-1]) == batch_size:
            result.append([])
        result[-1].append(remaining.pop())
    if drop_last and len(result[-1]) < batch_size:
        result.pop()
    return [np.array(r) for r in result]


@talk
def sgd(x, grad, state, lr, weight_decay: float = 0.0, verbose=True):
    if verbose:
        print("|g| =", np.linalg.norm(np.ravel(grad)), file=sys.stderr)
    return Step(x - lr * (grad + weight_decay * x), state)


@talk
def momentum(x, grad, state, lr, rho=0.9, dampening=0.0, *ignored):
    v = state["v"] * rho + (1 - dampening) * grad if "v" in state else grad
    return Step(x - lr * v, {"v": v})


@talk
def nesterov(x, grad_fn, state, lr, rho=0.9, callback: Optional[callable] = None):
    v = state.get("v", np.zeros_like(x))
    ahead = x + rho * v
    print("look-ahead point:", ahead)
    v = rho * v - lr * grad_fn(ahead)
    return Step(state={"v": v}, x=x + v)


@talk
def adagrad(x, grad, state, lr, eps=1e-10, initial_accumulator_value=0.0):
    c = state.get("c", initial_accumulator_value) + grad**2
    return Step(x - lr * grad / (np.sqrt(c) + eps), {"c": c})


@talk
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8, **options):
    ema = np.frompyfunc(lambda c, g: beta * c + (1 - beta) * g * g, 2, 1)
    c = np.asarray(ema(state.get("c", 0.0), grad), dtype=float)
    return Step(x - lr * grad / (np.sqrt(c) + eps), {"c": c})


@talk
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6, *, trace=print):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    delta = grad * np.sqrt(state.get("d", 0.0) + eps) / np.sqrt(c + eps)
    trace("Δ =", delta)
    return Step(x - lr * delta, {"c": c, "d": rho * state.get("d", 0.0) + (1 - rho) * delta**2})


@talk
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True, amsgrad=False):
    s = AdamState(*state) if state else AdamState()
    s = AdamState(s.t + 1, beta1 * s.m + (1 - beta1) * grad, beta2 * s.c + (1 - beta2) * grad**2)
    m, c = s.m, s.c
    if bias_correction:
        m, c = m / (1 - beta1**s.t), c / (1 - beta2**s.t)
    return Step(x - lr * m / (np.sqrt(c) + eps), s)
