"""Biases are the last row of the weights, inputs get a column of ones; extended precision throughout."""
import numpy as np

LONG = np.longdouble


def _ones(a):
    return np.hstack([a, np.ones((len(a), 1), dtype=LONG)])


def _join(params):
    return [np.vstack([params["W" + i], params["b" + i][None]]).astype(LONG) for i in "12"]


def _split(A, B):
    return {"W1": A[:-1], "b1": A[-1], "W2": B[:-1], "b2": B[-1]}


def _slopes(A, B, X, y, lam, mask):
    z = X @ A
    g = _ones(np.where(z > 0, z, 0) * mask)
    s = g @ B
    d = np.zeros_like(s)
    total = LONG(0)
    for i in range(len(y)):
        gap = s[i] - s[i, y[i]] + 1
        gap[y[i]] = 0
        over = gap > 0
        total += gap[over].sum()
        d[i] = over
        d[i, y[i]] = -over.sum()
    d /= len(y)
    free_A, free_B = A.copy(), B.copy()
    free_A[-1] = 0      # no penalty on the row of biases
    free_B[-1] = 0
    back = (d @ B.T)[:, :-1] * (z > 0) * mask
    loss = total / len(y) + lam * ((free_A ** 2).sum() + (free_B ** 2).sum())
    return loss, X.T @ back + 2 * lam * free_A, g.T @ d + 2 * lam * free_B


def loss_and_gradients(params, x, y, lam):
    loss, dA, dB = _slopes(*_join(params), _ones(x), y, lam, 1)
    return loss, _split(dA, dB)


def predict(params, x):
    A, B = _join(params)
    z = _ones(x) @ A
    return (_ones(np.where(z > 0, z, 0)) @ B).argmax(axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    A, B = _join(params)
    vA, vB = np.zeros_like(A), np.zeros_like(B)
    X, V = _ones(x), _ones(x_val)
    history = {"train_loss": np.array([]), "val_loss": np.array([]), "val_accuracy": np.array([])}
    best, when = None, 0
    for epoch in range(epochs):
        order = np.lexsort((rng.integers(2 ** 60, size=len(x)),))
        losses = []
        for first in range(0, len(x), batch_size):
            b = order[first:first + batch_size]
            # uniform numbers from raw bytes
            u = np.frombuffer(rng.bytes(8 * len(b) * (A.shape[1])), dtype=np.uint64).reshape(len(b), -1) / 2.0 ** 64
            mask = (u >= p) / LONG(1 - p) if p < 1 else np.zeros(u.shape)
            loss, dA, dB = _slopes(A, B, X[b], y[b], lam, mask)
            losses.append(loss)
            vA, vB = rho * vA + dA, rho * vB + dB
            A, B = A - lr * decay ** epoch * vA, B - lr * decay ** epoch * vB
        loss = _slopes(A, B, V, y_val, lam, 1)[0]
        if best is None or loss < history["val_loss"].min():
            best, when = _split(A, B), epoch
        history["train_loss"] = np.append(history["train_loss"], np.mean(losses))
        history["val_loss"] = np.append(history["val_loss"], loss)
        history["val_accuracy"] = np.append(history["val_accuracy"], np.mean(predict(_split(A, B), x_val) == y_val))
        if patience is not None and epoch - when >= patience:
            break
    return best, history


def distinct_units(W1):
    return len(W1.T) - sum(min((np.ptp([W1[:, i], W1[:, j]], axis=0).max() for i in range(j)), default=1) <= 1e-9
                           for j in range(len(W1.T)))
