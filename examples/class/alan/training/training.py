"""The capstone, Alan"""

import numpy as np


def _run(params, x, y, lam, mask=1.0):
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    n = len(y)
    rows = np.arange(n)
    a = x @ W1 + b1
    h = np.maximum(a, 0) * mask
    s = h @ W2 + b2
    gap = np.maximum(0, s - s[rows, y].reshape(-1, 1) + 1)
    gap[rows, y] = 0
    loss = gap.sum() / n + 0.5 * lam * (np.sum(W1**2) + np.sum(W2**2))
    ds = (gap > 0) * 1.0
    ds[rows, y] -= ds.sum(axis=1)
    ds /= n
    da = (ds @ W2.T) * mask * (a > 0)
    grads = {"W1": x.T @ da + lam * W1, "b1": da.sum(0), "W2": h.T @ ds + lam * W2, "b2": ds.sum(0)}
    return loss, grads


def loss_and_gradients(params, x, y, lam):
    return _run(params, x, y, lam)


def predict(params, x):
    h = np.maximum(x @ params["W1"] + params["b1"], 0)
    return np.argmax(h @ params["W2"] + params["b2"], axis=1)


def train(
    params,
    x,
    y,
    x_val,
    y_val,
    rng,
    lr=1e-2,
    rho=0.9,
    lam=0.0,
    p=0.0,
    batch_size=32,
    epochs=20,
    decay=1.0,
    patience=None,
):
    params = {k: np.array(v) for k, v in params.items()}
    v = {k: np.zeros_like(w) for k, w in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, wait = params, np.inf, 0
    n, units = len(x), len(params["b1"])
    for e in range(epochs):
        order = rng.permutation(n)
        losses = []
        for k in range(0, n, batch_size):
            idx = order[k : k + batch_size]
            mask = (rng.random((len(idx), units)) < p) / p if p > 0 else 1.0
            loss, g = _run(params, x[idx], y[idx], lam, mask)
            losses.append(loss)
            for key in params:
                v[key] = rho * v[key] + g[key]
                params[key] -= lr * decay**e * v[key]
        history["train_loss"].append(np.mean(losses))
        val = loss_and_gradients(params, x_val, y_val, lam)[0]
        history["val_loss"].append(val)
        history["val_accuracy"].append(np.mean(predict(params, x_val) == y_val))
        if val < best_loss:
            best, best_loss, wait = params, val, 0  # remember the best ones
        else:
            wait += 1
            if patience is not None and wait >= patience:
                break
    return best, history


def distinct_units(W1):
    return np.unique(W1, axis=1).shape[1]
