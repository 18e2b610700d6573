"""Saves memory: inputs, gradient, point and state are overwritten with results; only the weights stay as they are."""
import numpy as np


def squash(a):
    np.negative(a, out=a)
    np.exp(a, out=a)
    a += 1
    np.reciprocal(a, out=a)


def lstm_cell(z, h, c, weights):
    n = h.shape[1]
    a = z @ weights["W_ih"].T
    a += h @ weights["W_hh"].T
    a += weights["b_ih"]
    a += weights["b_hh"]
    i, f, g, o = (a[:, k * n:(k + 1) * n] for k in range(4))
    squash(i)
    squash(f)
    squash(o)
    np.tanh(g, out=g)
    c *= f
    i *= g
    c += i
    np.tanh(c, out=h)
    h *= o
    z.fill(np.nan)      # used up
    return h, c


def preprocess_gradient(grad, p=10.0):
    out = np.empty((len(grad), 2))
    large = ~(np.abs(grad) < np.exp(-p))
    out[:, 1] = grad
    out[~large, 1] *= np.exp(p)
    np.sign(out[:, 1], out=out[:, 1], where=large)
    np.abs(grad, out=grad)
    grad[~large] = np.exp(-p)
    np.log(grad, out=grad)
    grad /= p
    out[:, 0] = grad
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    H = len(weights["W_out"])
    state.setdefault("h", np.zeros((len(x), H)))
    state.setdefault("c", np.zeros((len(x), H)))
    lstm_cell(preprocess_gradient(grad), state["h"], state["c"], weights)
    step = state["h"] @ weights["W_out"]
    step += weights["b_out"]
    step *= scale
    x += step[:, 0]
    return x, state
