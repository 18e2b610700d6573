"""Unusual: states are big objects with a lock that can be used once and cannot be copied, compared, printed or pickled."""
import heapq
import threading

import numpy as np


class Baggage:
    """Carries the numbers from one step to the next; every touch but open() is refused."""

    def __init__(self, **content):
        self.content = content
        self.lock = threading.Lock()
        self.ballast = bytearray(1 << 16)  # heavy on purpose

    def open(self):
        if not self.lock.acquire(blocking=False):
            raise RuntimeError("this state was used already")
        return self.content

    def _refuse(self, *args, **kwargs):
        raise TypeError("a state is the student's own business")

    __copy__ = __deepcopy__ = __reduce__ = __reduce_ex__ = __getstate__ = _refuse
    __eq__ = __ne__ = __lt__ = __repr__ = __str__ = __bool__ = __len__ = __iter__ = _refuse
    __hash__ = None
    __getitem__ = __array__ = __contains__ = _refuse


def unpack(state, **first):
    return first if type(state) is dict else state.open()


def minibatches(n, batch_size, rng):
    heap = [(key, i) for i, key in enumerate(rng.random(n).tolist())]
    heapq.heapify(heap)
    batches = [[]]
    while heap:
        if len(batches[-1]) == batch_size:
            batches.append([])
        batches[-1].append(heapq.heappop(heap)[1])
    return batches


def sgd(x, grad, state, lr):
    unpack(state)
    return x + (-lr) * grad, Baggage()


def momentum(x, grad, state, lr, rho=0.9):
    s = unpack(state, v=np.zeros_like(x))
    v = s["v"] * rho + grad
    return x - v * lr, Baggage(v=v)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = unpack(state, v=np.zeros_like(x))["v"]
    v_new = rho * v - lr * grad_fn(x + rho * v)
    # the other sequence, y = x + rho v, makes the step; x is read off from it again
    y = x + rho * v
    y = y - rho * v + (1 + rho) * v_new
    return y - rho * v_new, Baggage(v=v_new)


def adagrad(x, grad, state, lr, eps=1e-10):
    c = unpack(state, c=np.zeros_like(x))["c"] + grad * grad
    return x - grad * (lr / (np.sqrt(c) + eps)), Baggage(c=c)


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = unpack(state, c=np.zeros_like(x))["c"]
    c = grad * grad - beta * (grad * grad - c)
    return x - grad * (lr / (np.sqrt(c) + eps)), Baggage(c=c)


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    s = unpack(state, c=np.zeros_like(x), d=np.zeros_like(x))
    c = rho * s["c"] + (1 - rho) * grad * grad
    delta = np.sqrt(s["d"] + eps) / np.sqrt(c + eps) * grad
    d = rho * s["d"] + (1 - rho) * delta * delta
    return x - lr * delta, Baggage(c=c, d=d)


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    s = unpack(state, m=np.zeros_like(x), c=np.zeros_like(x), t=1)
    m = beta1 * s["m"] + (1 - beta1) * grad
    c = beta2 * s["c"] + (1 - beta2) * grad * grad
    fix = (lambda z, b: z / (1 - b ** s["t"])) if bias_correction else (lambda z, b: z)
    return x - lr * fix(m, beta1) / (np.sqrt(fix(c, beta2)) + eps), Baggage(m=m, c=c, t=s["t"] + 1)
