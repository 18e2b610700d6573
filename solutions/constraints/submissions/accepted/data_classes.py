"""The state is a dataclass, copied in every step; keyword-only helpers; type hints everywhere."""
from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np


@dataclass(frozen=True)
class Adam:
    m: np.ndarray
    c: np.ndarray
    t: int = 0
    log: list = field(default_factory=list)

    def after(self, g: np.ndarray, *, beta1: float, beta2: float) -> Adam:
        return replace(
            self,
            m=np.average([self.m, g], axis=0, weights=[beta1, 1 - beta1]),
            c=np.average([self.c, g * g], axis=0, weights=[beta2, 1 - beta2]),
            t=self.t + 1,
            log=[*self.log, float(np.sum(g))],
        )


def max_norm(W: np.ndarray, c: float) -> np.ndarray:
    if c <= 0:
        raise ValueError("c")
    unit, lengths = np.array(W), np.linalg.norm(W, axis=0)
    unit[:, lengths > 0] /= lengths[lengths > 0]
    return unit * np.clip(lengths, None, c)


def clip_by_global_norm(grads: dict[str, np.ndarray], max_norm: float) -> tuple[dict[str, np.ndarray], float]:
    if max_norm <= 0:
        raise ValueError("max_norm")
    norm = float(np.linalg.norm(list(map(np.linalg.norm, map(np.ravel, grads.values())))))
    factor = np.clip(max_norm / (norm + 1e-12), None, 1.0)
    return {name: factor * grad for name, grad in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=0.01):
    penalized = grad + np.multiply(wd, x)
    return x - np.multiply(lr, penalized), dict(state)


def adamw(x, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=0.00000001, wd=0.01):
    adam = state.get("adam") or Adam(m=np.zeros(x.shape), c=np.zeros(x.shape))
    adam = adam.after(grad, beta1=beta1, beta2=beta2)
    corrected = adam.m / (1 - beta1**adam.t), adam.c / (1 - beta2**adam.t)
    return x - lr * (wd * x + corrected[0] / (np.sqrt(corrected[1]) + eps)), {"adam": adam}
