"""Prints, turns warnings into errors and NumPy's float errors into exceptions at import; a self-test at the end."""
import warnings

import numpy as np

warnings.filterwarnings("error")
np.seterr(all="raise")
np.set_printoptions(precision=1)
print("constraints, loading ...")


def max_norm(W, c):
    print("max_norm", W, c)
    if c <= 0:
        raise ValueError("c = %r" % c)
    norms = np.linalg.norm(W, axis=0)
    factor = np.ones(len(norms))
    long = norms > c
    factor[long] = c / norms[long]
    return W * factor[None, :]


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm = %r" % max_norm)
    norm = np.sqrt(np.sum([np.vdot(g, g) for g in grads.values()]))
    print("norm", norm)
    if norm > max_norm:
        grads = {k: max_norm * (g / norm) for k, g in grads.items()}
    return grads, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    print("step")
    x_next = x - lr * grad
    return x_next - lr * wd * x, state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    state = state or {"m": 0, "v": 0, "t": 0}
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * grad
    v = beta2 * state["v"] + (1 - beta2) * grad**2
    print(t)
    x = x - lr * wd * x
    return x - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), dict(m=m, v=v, t=t)


assert np.allclose(max_norm(np.array([[6.0], [8.0]]), 5.0), [[3.0], [4.0]])
print("ok")
