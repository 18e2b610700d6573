"""Every function returns a named tuple, each with its own field names."""
from collections import namedtuple
from typing import NamedTuple

import numpy as np

Penalty = namedtuple("Penalty", "value gradient")


class HingeResult(NamedTuple):
    loss: float
    dscores: np.ndarray
    violations: int = 0

    # three fields would be one too many for the caller
    def pair(self):
        return Objective(self.loss, self.dscores)


class Objective(NamedTuple):
    loss: float
    gradient: np.ndarray


def l2(W, lam):
    return Penalty(lam * np.vdot(W, W), 2 * lam * W)


def l1(W, lam):
    s = 1.0 * (W > 0) - 1.0 * (W < 0)
    return Penalty(gradient=lam * s, value=lam * np.vdot(s, W))


def elastic_net(W, lam, beta):
    p, q = l2(W, 1.0), l1(W, 1.0)
    return Penalty(lam * (beta * p.value + q.value), lam * (beta * p.gradient + q.gradient))


def _hinge(scores, y, margin):
    n = np.arange(len(y))
    m = scores - scores[n, y, np.newaxis] + margin
    violated = m > 0
    violated[n, y] = False
    d = violated.astype(float)
    d[n, y] = -violated.sum(axis=1)
    return HingeResult(m[violated].sum() / len(y), d / len(y), int(violated.sum()))


def hinge_loss(scores, y, margin=1.0):
    return _hinge(scores, y, margin).pair()


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    match penalty:
        case "l2":
            reg = l2(W, lam)
        case "l1":
            reg = l1(W, lam)
        case "elastic_net":
            reg = elastic_net(W, lam, beta)
        case _:
            raise ValueError(f"{penalty!r} is no penalty")
    hinge = _hinge(x @ W, y, 1.0)
    return Objective(loss=hinge.loss + reg.value, gradient=x.T @ hinge.dscores + reg.gradient)
