"""Unusual: not one def at the top level: tuple and list subclasses, classes with __new__, callable instances, dataclasses."""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np


@dataclass
class Buffers:
    v: Any = 0.0
    c: Any = 0.0
    d: Any = 0.0
    t: int = 0
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, state) -> Buffers:
        return state if isinstance(state, cls) else cls()


class minibatches(list):
    """a list of index arrays that fills itself"""

    def __init__(self, n: int, batch_size: int, rng: np.random.Generator):
        order = rng.permutation(np.arange(n))
        super().__init__(order[i:i + batch_size] for i in range(0, n, batch_size))


class sgd(tuple):
    def __new__(cls, x, grad, state, lr):
        return super().__new__(cls, (x - lr * grad, state))


class momentum(tuple):
    def __new__(cls, x, grad, state, lr, rho=0.9):
        v = rho * Buffers.of(state).v + grad
        return super().__new__(cls, (x - lr * v, Buffers(v)))


class nesterov:
    def __new__(cls, x, grad_fn, state, lr, rho=0.9):
        b = Buffers.of(state)
        v = rho * b.v - lr * grad_fn(x + rho * b.v)
        return x + v, replace(b, v=v, t=b.t + 1)


class _Adaptive:
    """adagrad and rmsprop differ in one line"""

    def add(self, c, g, beta):
        raise TypeError("abstract")

    def move(self, x, grad, state, lr, beta, eps):
        c = self.add(Buffers.of(state).c, grad, beta)
        return x - lr * grad / (np.sqrt(c) + eps), Buffers(c=c)


class _AdaGrad(_Adaptive):
    def add(self, c, g, beta):
        return c + g * g

    def __call__(self, x, grad, state, lr, eps=1e-10):
        return self.move(x, grad, state, lr, None, eps)


class _RMSProp(_Adaptive):
    add = staticmethod(lambda c, g, beta: beta * c + (1 - beta) * g * g)

    def __call__(self, x, grad, state, lr, beta=0.99, eps=1e-8):
        return self.move(x, grad, state, lr, beta, eps)


class adadelta:
    def __new__(cls, x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
        b = Buffers.of(state)
        c = rho * b.c + (1 - rho) * grad**2
        delta = grad * np.sqrt(b.d + eps) / np.sqrt(c + eps)
        return x - lr * delta, Buffers(c=c, d=rho * b.d + (1 - rho) * delta**2)


class _Adam:
    def __call__(self, x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
        b = Buffers.of(state)
        b.t += 1
        b.v = beta1 * b.v + (1 - beta1) * grad
        b.c = beta2 * b.c + (1 - beta2) * grad**2
        b.notes.append(f"step {b.t}")
        k = (1 - beta1**b.t, 1 - beta2**b.t) if bias_correction else (1.0, 1.0)
        return x - lr * (b.v / k[0]) / (np.sqrt(b.c / k[1]) + eps), b


adagrad, rmsprop, adam = _AdaGrad(), _RMSProp(), _Adam()
