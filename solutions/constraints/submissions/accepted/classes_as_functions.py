"""Every function is an instance with __call__; the optimizers share a base class."""
import numpy as np


class _Limit:
    def __init__(self, what):
        self.what = what

    def check(self, limit):
        if limit <= 0:
            raise ValueError(f"{self.what}: {limit}")

    @staticmethod
    def factor(norm, limit):
        return np.minimum(1.0, limit / np.maximum(norm, np.finfo(float).tiny))


class MaxNorm(_Limit):
    def __call__(self, W, c, axis=0):
        self.check(c)
        return W * self.factor(np.linalg.norm(W, axis=axis, keepdims=True), c)


class Clip(_Limit):
    def __call__(self, grads, max_norm, norm_type=2):
        self.check(max_norm)
        norm = np.linalg.norm(np.concatenate([g.reshape(-1) for g in grads.values()]), norm_type)
        return {k: g * self.factor(norm, max_norm) for k, g in grads.items()}, norm


class Optimizer:
    def step(self, grad, state):
        return grad

    def __call__(self, x, grad, state, lr=1e-3, wd=1e-2, **kw):
        state = dict(state)
        return x - lr * wd * x - lr * self.step(grad, state, **kw), state


class AdamW(Optimizer):
    def step(self, g, s, beta1=0.9, beta2=0.999, eps=1e-8):
        s["t"] = s.get("t", 0) + 1
        s["m"] = s.get("m", 0 * g) * beta1 + g * (1 - beta1)
        s["v"] = s.get("v", 0 * g) * beta2 + g * g * (1 - beta2)
        return s["m"] / (1 - beta1 ** s["t"]) / (np.sqrt(s["v"] / (1 - beta2 ** s["t"])) + eps)

    def __call__(self, x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
        return super().__call__(x, grad, state, lr, wd, beta1=beta1, beta2=beta2, eps=eps)


max_norm = MaxNorm("c")
clip_by_global_norm = Clip("max_norm")
sgd_weight_decay = Optimizer()
adamw = AdamW()
