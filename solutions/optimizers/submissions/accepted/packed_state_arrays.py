"""Unusual: states are packed into one array: structured records, complex numbers, stacks updated by a matrix in einsum."""
import numpy as np

CARD = np.dtype([("key", "u8"), ("index", "i4")])
MOMENTS = np.dtype([("m", "f8"), ("c", "f8")])


def minibatches(n, batch_size, rng):
    deck = np.empty(n, CARD)
    deck["index"] = np.arange(n)
    deck["key"] = rng.integers(0, 2**64, size=n, dtype=np.uint64)
    deck.sort(order="key")
    return [deck["index"][i:i + batch_size] for i in range(0, n, batch_size)]


def sgd(x, grad, state, lr):
    return np.einsum("k,k...->...", (1.0, -lr), np.stack((x, grad))), state


def momentum(x, grad, state, lr, rho=0.9):
    # (x, v, g) -> (x', v') is linear, so write it as a matrix
    v = state if isinstance(state, np.ndarray) else np.zeros(x.shape)
    matrix = np.array([[1, -lr * rho, -lr], [0, rho, 1]])
    x_new, v_new = np.einsum("ij,j...->i...", matrix, np.stack([x, v, grad]))
    return x_new, np.asarray(v_new)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state if isinstance(state, np.ndarray) else np.zeros(x.shape)
    g = grad_fn(x + rho * v)
    matrix = np.array([[1, rho, -lr], [0, rho, -lr]])
    x_new, v_new = np.einsum("ij,j...->i...", matrix, np.stack([x, v, g]))
    return x_new, np.asarray(v_new)


def _stepped(x, grad, c, lr, eps):
    return x - lr * grad / (np.sqrt(c) + eps), c


def adagrad(x, grad, state, lr, eps=1e-10):
    # |a + ib|^2 = a^2 + b^2: keep the norm as a real part, put g into the imaginary one
    norm = abs((0.0 if isinstance(state, dict) else state) + 1j * grad)
    return x - lr * grad / (norm + eps), norm


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = np.zeros_like(x) if isinstance(state, dict) else state
    return _stepped(x, grad, np.average([c, grad**2], axis=0, weights=[beta, 1 - beta]), lr, eps)


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    z = np.zeros(x.shape, complex) if isinstance(state, dict) else state  # c + i d
    c = rho * z.real + (1 - rho) * grad**2
    delta = grad * np.sqrt((z.imag + eps) / (c + eps))
    d = rho * z.imag + (1 - rho) * delta**2
    return x - lr * delta, c + 1j * d


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t, old = (0, np.zeros(x.shape, MOMENTS)) if isinstance(state, dict) else state
    t, new = t + 1, np.empty(x.shape, MOMENTS)
    new["m"] = beta1 * old["m"] + (1 - beta1) * grad
    new["c"] = beta2 * old["c"] + (1 - beta2) * grad**2
    scale = np.array([1.0, 1.0])
    if bias_correction:
        scale -= np.power([beta1, beta2], t)
    return x - lr * (new["m"] / scale[0]) / (np.sqrt(new["c"] / scale[1]) + eps), (t, new)
