"""The capstone."""

import numpy as np


def forward(params, x):
    hidden = np.clip(x @ params["W1"] + params["b1"], 0, None)
    return hidden, hidden @ params["W2"] + params["b2"]


def hinge(scores, y):
    own = np.take_along_axis(scores, y[:, None], axis=1)
    gaps = np.maximum(scores - own + 1, 0)
    np.put_along_axis(gaps, y[:, None], 0.0, axis=1)
    return gaps


def penalty(params, lam):
    return lam * (np.vdot(params["W1"], params["W1"]) + np.vdot(params["W2"], params["W2"]))


def backward(params, x, y, hidden, gaps, lam, mask):
    n = len(x)
    ds = np.where(gaps > 0, 1.0, 0.0)
    ds[np.arange(n), y] = -ds.sum(axis=1)
    ds = ds / n
    dh = ds @ params["W2"].T * mask  # ReLU is linear where it is on
    return {
        "W1": x.T @ dh + lam * params["W1"],
        "b1": dh.sum(axis=0),
        "W2": hidden.T @ ds + lam * params["W2"],
        "b2": ds.sum(axis=0),
    }


def loss_and_gradients(params, x, y, lam):
    hidden, scores = forward(params, x)
    gaps = hinge(scores, y)
    grads = backward(params, x, y, hidden, gaps, lam, np.ones_like(hidden))
    return gaps.sum(axis=1).mean() + penalty(params, lam), grads


def predict(params, x):
    return np.argmax(forward(params, x)[1], axis=-1)


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
    theta = {k: w.copy() for k, w in params.items()}
    v = {k: np.zeros(w.shape) for k, w in params.items()}
    train_loss, val_loss, val_accuracy = [], [], []
    best = None
    for epoch in range(epochs):
        rate = lr * decay**epoch
        batches = np.split(rng.permutation(len(x)), range(batch_size, len(x), batch_size))
        total = 0.0
        for batch in batches:
            xb, yb = x[batch], y[batch]
            hidden, _ = forward(theta, xb)
            mask = np.zeros(hidden.shape) if p == 1 else rng.binomial(1, 1 - p, hidden.shape) / (1 - p)
            hidden = hidden * mask
            gaps = hinge(hidden @ theta["W2"] + theta["b2"], yb)
            total += gaps.sum() / len(batch) + penalty(theta, lam)
            g = backward(theta, xb, yb, hidden, gaps, lam, mask)
            for k in theta:
                v[k] = rho * v[k] + g[k]
                theta[k] = theta[k] - rate * v[k]
        train_loss.append(total / len(batches))
        val_loss.append(loss_and_gradients(theta, x_val, y_val, lam)[0])
        val_accuracy.append(np.count_nonzero(predict(theta, x_val) == y_val) / len(y_val))
        leader = int(np.argmin(val_loss))
        if leader == epoch:
            best = {k: w.copy() for k, w in theta.items()}
        if patience is not None and epoch - leader >= patience:
            break
    return best, {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


def distinct_units(W1):
    # sort nothing, compare every pair: a unit is new when no earlier one is the same
    H = W1.shape[1]
    distance = np.abs(W1[:, :, None] - W1[:, None, :]).max(axis=0)
    return sum(1 for j in range(H) if j == 0 or distance[j, :j].min() > 1e-9)
