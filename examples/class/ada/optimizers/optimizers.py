"""Unusual: averages move by a fraction of the way to the new value; Adam keeps the bias-corrected averages themselves."""

import numpy as np


def lerp(old, new, fraction):
    return old + fraction * (new - old)


def minibatches(n, batch_size, rng):
    lottery = dict(enumerate(rng.random(n)))
    winners = sorted(lottery, key=lottery.get)
    return [np.array(winners[lo : lo + batch_size]) for lo in range(0, n, batch_size)]


def sgd(x, grad, state, lr):
    """(1 - lr) x + lr (x - g), a lerp too"""
    return lerp(x, x - grad, lr), state


def momentum(x, grad, state, lr, rho=0.9):
    v = state["v"] if state else np.zeros_like(x)
    v = lerp(v, np.zeros_like(v), 1 - rho) + grad
    return x - lr * v, {"v": v}


def nesterov(x, grad_fn, state, lr, rho=0.9):
    # sign turned round: v is what has to be subtracted
    v = state["v"] if state else np.zeros_like(x)
    ahead = x - rho * v
    v = rho * v + lr * grad_fn(ahead)
    return x - v, {"v": v}


def adagrad(x, grad, state, lr, eps=1e-10):
    # mean of the squares so far, times their number, is their sum
    t, mean = state if state else (0, np.zeros_like(x))
    t += 1
    mean = lerp(mean, grad * grad, 1 / t)
    return x - lr * grad / (np.sqrt(t * mean) + eps), (t, mean)


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = lerp(state.get("c", 0.0), grad**2, 1 - beta)
    return x - lr * grad * (c**0.5 + eps) ** -1, {"c": c}


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    zero = np.zeros_like(x)
    c, d = state.get("averages", (zero, zero))
    c = lerp(c, grad**2, 1 - rho)
    delta = grad * ((d + eps) / (c + eps)) ** 0.5
    d = lerp(d, delta**2, 1 - rho)
    return lerp(x, x - delta, lr), {"averages": (c, d)}


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t, m_hat, c_hat = state.get("all", (0, 0.0, 0.0))
    t = t + 1
    w1, w2 = 1 - beta1**t, 1 - beta2**t
    # m_t/(1-b^t) is a running weighted mean; the newest value has the weight (1-b)/(1-b^t)
    m_hat = lerp(m_hat, grad, (1 - beta1) / w1)
    c_hat = lerp(c_hat, grad * grad, (1 - beta2) / w2)
    if bias_correction:
        direction = m_hat / (np.sqrt(c_hat) + eps)
    else:
        direction = w1 * m_hat / (np.sqrt(w2 * c_hat) + eps)
    return x - lr * direction, {"all": (t, m_hat, c_hat)}
