"""AdamW keeps every gradient and sums the weighted history; the projection solves for the nearest point in the ball."""
import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError("no ball")
    # nearest point of the ball: w/(1 + mu) with the multiplier mu = max(0, |w|/c - 1)
    mu = np.maximum(0, np.linalg.norm(W, axis=0) / c - 1)
    return W / (1 + mu)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("no ball")
    names = list(grads)
    sizes = [np.size(grads[n]) for n in names]
    vector = np.concatenate([np.reshape(grads[n], -1) for n in names])
    norm = np.linalg.norm(vector)
    vector = vector / (1 + max(0, norm / max_norm - 1))
    parts = np.split(vector, np.cumsum(sizes)[:-1])
    return {n: p.reshape(np.shape(grads[n])) for n, p in zip(names, parts)}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    def gradient_of_the_objective(w):
        return grad + wd * w

    return x - lr * gradient_of_the_objective(x), {"used": True}


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    history = state.get("history", []) + [grad]
    age = np.arange(len(history))[::-1]
    g = np.array(history)

    def average(values, beta):
        weights = beta**age
        return np.tensordot(weights / weights.sum(), values, axes=1)

    return x - lr * wd * x - lr * average(g, beta1) / (np.sqrt(average(g**2, beta2)) + eps), {"history": history}
