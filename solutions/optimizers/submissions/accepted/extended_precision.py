"""Unusual: computes in np.longdouble and returns longdouble arrays or scalars; batches from the order of normal draws."""
import numpy as np

LD = np.longdouble


class Memory(dict):
    """a dict that starts every unknown entry at zero"""

    def __missing__(self, key):
        return LD(0)


def long(*things):
    return tuple(np.asarray(t).astype(LD) for t in things)


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list:
    keys = rng.standard_normal(n)
    rank = np.argsort(keys, kind="stable")
    result = []
    while len(rank):
        head, rank = rank[:batch_size], rank[batch_size:]
        result.append(head)
    return result


def sgd(x, grad, state, lr):
    x, grad, lr = long(x, grad, lr)
    return x - lr * grad, Memory(state)


def momentum(x, grad, state, lr, rho=0.9):
    memory = Memory(state)
    x, grad, lr, rho = long(x, grad, lr, rho)
    memory["v"] = memory["v"] * rho + grad
    return x - memory["v"] * lr, memory


def nesterov(x, grad_fn, state, lr, rho=0.9):
    memory = Memory(state)
    x, lr, rho = long(x, lr, rho)
    look = x + rho * memory["v"]
    (g,) = long(grad_fn(np.array(look, dtype=np.float64)))
    memory["v"] = rho * memory["v"] - lr * g
    return x + memory["v"], memory


def adagrad(x, grad, state, lr, eps=1e-10):
    memory = Memory(state)
    x, g, lr, eps = long(x, grad, lr, eps)
    memory["c"] = memory["c"] + g**2
    return x - lr * g / (memory["c"] ** LD("0.5") + eps), memory


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    memory = Memory(state)
    x, g, lr, beta, eps = long(x, grad, lr, beta, eps)
    memory["c"] = memory["c"] * beta + (1 - beta) * g**2
    return x - lr * g / (np.sqrt(memory["c"]) + eps), memory


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    memory = Memory(state)
    x, g, lr, rho, eps = long(x, grad, lr, rho, eps)
    memory["c"] = rho * memory["c"] + (1 - rho) * g**2
    delta = g * np.sqrt((memory["d"] + eps) / (memory["c"] + eps))
    memory["d"] = rho * memory["d"] + (1 - rho) * delta**2
    return x - lr * delta, memory


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    memory = Memory(state)
    x, g, lr, beta1, beta2, eps = long(x, grad, lr, beta1, beta2, eps)
    memory["t"] = memory["t"] + 1
    m = memory["m"] = beta1 * memory["m"] + (1 - beta1) * g
    c = memory["c"] = beta2 * memory["c"] + (1 - beta2) * g * g
    if bias_correction:
        m, c = m / (1 - beta1 ** memory["t"]), c / (1 - beta2 ** memory["t"])
    return x - lr * m / (np.sqrt(c) + eps), memory
