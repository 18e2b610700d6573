"""Trains the very arrays it is given, shuffles the data where they lie, writes gradients over weights."""

import numpy as np


def hidden(params, x):
    h = x @ params["W1"]
    h += params["b1"]
    h *= h > 0
    return h


def objective(params, x, y, lam, mask=1.0):
    n = len(x)
    h = hidden(params, x)
    active = h > 0
    h *= mask
    s = h @ params["W2"]
    s += params["b2"]
    s -= s[np.arange(n), y][:, np.newaxis]
    s += 1
    s[np.arange(n), y] = 0
    np.maximum(s, 0, out=s)
    loss = s.sum() / n
    loss += lam * np.sum(params["W1"] ** 2)
    loss += lam * np.sum(params["W2"] ** 2)

    s[s > 0] = 1 / n  # scores turn into their gradient
    s[np.arange(n), y] = -s.sum(axis=1)
    grads = {"W2": h.T @ s, "b2": s.sum(axis=0)}
    dh = s @ params["W2"].T
    dh *= mask
    dh *= active
    grads["W1"], grads["b1"] = x.T @ dh, dh.sum(axis=0)
    for name in ("W1", "W2"):
        grads[name] += 2 * lam * params[name]
    return loss, grads


def loss_and_gradients(params, x, y, lam):
    loss, grads = objective(params, x, y, lam)
    for name in grads:
        params[name][...] = grads[name]
    return loss, params


def predict(params, x):
    s = hidden(params, x) @ params["W2"]
    s += params["b2"]
    return s.argmax(axis=1)


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
    velocity = {name: np.zeros_like(params[name]) for name in params}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best = {name: params[name].copy() for name in params}
    best_epoch = -1
    n = len(x)
    for epoch in range(epochs):
        order = rng.permutation(n)
        x[...] = x[order]
        y[...] = y[order]
        total, batches = 0.0, 0
        for start in range(0, n, batch_size):
            xb, yb = x[start : start + batch_size], y[start : start + batch_size]
            mask = 1.0
            if p > 0:
                mask = np.greater_equal(rng.random((len(xb), params["W1"].shape[1])), p).astype(float)
                if p < 1:
                    mask /= 1 - p
            loss, grads = objective(params, xb, yb, lam, mask)
            total += loss
            batches += 1
            for name in params:
                velocity[name] *= rho
                velocity[name] += grads[name]
                params[name] -= lr * velocity[name]
        lr *= decay
        loss, _ = objective(params, x_val, y_val, lam)
        history["train_loss"].append(total / batches)
        history["val_loss"].append(loss)
        history["val_accuracy"].append((predict(params, x_val) == y_val).mean())
        if best_epoch < 0 or loss < history["val_loss"][best_epoch]:
            best_epoch = epoch
            for name in params:
                best[name][...] = params[name]
        elif patience is not None and epoch - best_epoch == patience:
            break
    for name in params:
        params[name][...] = best[name]
    return params, history


def distinct_units(W1):
    """Sets every twin of the first column to nan and goes on with what is left."""
    count = 0
    while W1.shape[1] > 0:
        count += 1
        difference = np.abs(W1 - W1[:, :1].copy()).max(axis=0)
        W1[:, difference <= 1e-9] = np.nan
        W1 = W1[:, ~np.isnan(W1[0])]
    return count
