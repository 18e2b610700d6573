"""Saves memory: shuffles the caller's rows, updates the caller's parameters and sorts the caller's columns in place."""
import numpy as np


def loss_and_gradients(params, x, y, lam):
    return _work(params, x, y, lam, None)


def _work(params, x, y, lam, drop):
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    h = x @ W1
    h += b1
    h[h < 0] = 0
    if drop is not None:
        h *= drop
    s = h @ W2
    s += b2
    i = np.arange(len(y))
    s -= s[i, y].copy()[:, None]
    s += 1
    s[i, y] = 0
    s[s < 0] = 0
    loss = s.sum() / len(y) + lam * np.sum(W1 * W1) + lam * np.sum(W2 * W2)
    s[s > 0] = 1
    s[i, y] -= s.sum(axis=1)
    s /= len(y)
    dh = s @ W2.T
    if drop is not None:
        dh *= drop
    dh[h <= 0] = 0
    g = {"W1": x.T @ dh, "b1": dh.sum(axis=0), "W2": h.T @ s, "b2": s.sum(axis=0)}
    g["W1"] += 2 * lam * W1
    g["W2"] += 2 * lam * W2
    return loss, g


def predict(params, x):
    h = x @ params["W1"]
    h += params["b1"]
    h *= h > 0
    h = h @ params["W2"]
    h += params["b2"]
    return h.argmax(axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    v = {k: np.zeros_like(params[k]) for k in params}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, low, bad = {k: params[k].copy() for k in params}, None, 0
    for epoch in range(epochs):
        for i in range(len(x)):                     # the rows themselves are shuffled, with their labels
            j = rng.integers(i, len(x))
            x[[i, j]] = x[[j, i]]
            y[[i, j]] = y[[j, i]]
        losses = np.empty(-(-len(x) // batch_size))
        for b in range(len(losses)):
            rows = slice(b * batch_size, (b + 1) * batch_size)
            drop = None
            if p > 0:
                drop = rng.random((len(y[rows]), len(params["b1"])))
                np.greater_equal(drop, p, out=drop)
                if p < 1:
                    drop /= 1 - p
            losses[b], g = _work(params, x[rows], y[rows], lam, drop)
            for k in params:
                v[k] *= rho
                v[k] += g[k]
                params[k] -= lr * decay ** epoch * v[k]
        history["train_loss"].append(losses.mean())
        history["val_loss"].append(loss_and_gradients(params, x_val, y_val, lam)[0])
        history["val_accuracy"].append((predict(params, x_val) == y_val).sum() / len(y_val))
        bad += 1
        if low is None or history["val_loss"][-1] < low:
            low, bad = history["val_loss"][-1], 0
            for k in params:
                best[k][...] = params[k]
        if patience is not None and bad >= patience:
            break
    for k in params:
        params[k][...] = best[k]
    return params, history


def distinct_units(W1):
    n = 0
    for j in range(W1.shape[1]):
        same = np.abs(W1[:, :n] - W1[:, j:j + 1]) <= 1e-9
        if not same.all(axis=0).any():
            W1[:, n] = W1[:, j]     # pack the different ones at the front
            n += 1
    return n
