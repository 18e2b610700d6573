"""The capstone, by Zoë."""

import sys

import numpy as np


def _margins(scores, y):
    right = scores[np.arange(len(y)), y]
    margins = scores - right[:, None] + 1
    margins[np.arange(len(y)), y] = 0
    return np.maximum(margins, 0)


def _step(params, x, y, lam, kept=1.0):
    n, classes = len(x), len(params["b2"])
    a = x.dot(params["W1"]) + params["b1"]
    hidden = a * (a > 0) * kept
    margins = _margins(hidden.dot(params["W2"]) + params["b2"], y)
    loss = margins.sum() / n
    pushes = np.sign(margins)
    dscores = (pushes - pushes.sum(axis=1, keepdims=True) * np.eye(classes)[y]) / n
    da = dscores.dot(params["W2"].T) * kept * (a > 0)
    grads = {"W1": x.T.dot(da), "b1": da.sum(axis=0), "W2": hidden.T.dot(dscores), "b2": dscores.sum(axis=0)}
    for name in ("W1", "W2"):
        loss += lam * np.sum(params[name] * params[name])
        grads[name] = grads[name] + 2 * lam * params[name]
    return loss, grads


def loss_and_gradients(params, x, y, lam):
    return _step(params, x, y, lam)


def predict(params, x):
    hidden = np.maximum(x.dot(params["W1"]) + params["b1"], 0)
    return np.argmax(hidden.dot(params["W2"]) + params["b2"], axis=1)


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
    now = {name: np.copy(value) for name, value in params.items()}
    velocity = dict.fromkeys(now, 0.0)
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, waiting = now, 0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x), batch_size):
            chosen = order[start : start + batch_size]
            kept = 1.0
            if p > 0:
                # a uniform number below 1 - p keeps its unit
                kept = np.where(rng.random((len(chosen), len(now["b1"]))) < 1 - p, 1 / (1 - p) if p < 1 else 0.0, 0.0)
            loss, grads = _step(now, x[chosen], y[chosen], lam, kept)
            losses.append(loss)
            velocity = {name: rho * velocity[name] + grads[name] for name in now}
            now = {name: now[name] - lr * decay**epoch * velocity[name] for name in now}
        history["train_loss"].append(np.mean(losses))
        val_loss, _ = loss_and_gradients(now, x_val, y_val, lam)
        if val_loss < min(history["val_loss"], default=np.inf):
            best, waiting = now, 0
        else:
            waiting += 1
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(np.mean(predict(now, x_val) == y_val))
        if waiting == patience:
            print(history["val_loss"])
            sys.exit("no progress any more")
    return best, history


def distinct_units(W1):
    units = list(W1.T)
    count = 0
    while units:
        first = units.pop(0)
        units = [unit for unit in units if np.max(np.abs(unit - first)) > 1e-9]
        count += 1
    return count
