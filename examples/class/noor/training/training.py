"""Parameters, data, velocity, losses: all of it float32."""

import numpy as np

F = np.float32


def _single(d):
    return {k: np.asarray(v, dtype=F) for k, v in d.items()}


def _forward(params, x, mask):
    a = x @ params["W1"] + params["b1"]
    h = np.maximum(a, F(0))
    if mask is not None:
        h = h * mask
    return a, h, h @ params["W2"] + params["b2"]


def _step(params, x, y, lam, mask=None):
    n = len(y)
    i = np.arange(n)
    a, h, s = _forward(params, x, mask)
    m = s - s[i, y].reshape(-1, 1) + F(1)
    m[i, y] = F(0)
    hit = m > 0
    loss = F(m[hit].sum()) / F(n)
    loss += F(lam) * (np.square(params["W1"]).sum() + np.square(params["W2"]).sum())

    d = hit.astype(F)
    d[i, y] = -hit.sum(axis=1)
    d /= F(n)
    dh = d @ params["W2"].T
    if mask is not None:
        dh *= mask
    dh[a <= 0] = 0
    decay = F(2 * lam)
    return loss, {
        "W1": x.T @ dh + decay * params["W1"],
        "b1": dh.sum(axis=0),
        "W2": h.T @ d + decay * params["W2"],
        "b2": d.sum(axis=0),
    }


def loss_and_gradients(params, x, y, lam):
    return _step(_single(params), np.asarray(x, F), y, lam)


def predict(params, x):
    return _forward(_single(params), np.asarray(x, F), None)[2].argmax(axis=1).astype(np.int32)


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
    params = _single(params)
    x, x_val = x.astype(F), x_val.astype(F)
    velocity = {k: np.zeros(v.shape, F) for k, v in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, best_epoch = None, F(np.inf), 0
    for e in range(epochs):
        rate = F(lr) * F(decay) ** e
        order = rng.permutation(len(x)).astype(np.int32)
        losses = []
        for k in range(0, len(x), batch_size):
            b = order[k : k + batch_size]
            mask = None
            if p > 0:
                mask = (rng.random((len(b), len(params["b1"])), dtype=F) >= p).astype(F)
                if p < 1:
                    mask /= F(1 - p)
            loss, grads = _step(params, x[b], y[b], lam, mask)
            losses.append(loss)
            for name in params:
                velocity[name] = F(rho) * velocity[name] + grads[name]
                params[name] = params[name] - rate * velocity[name]
        val_loss, _ = _step(params, x_val, y_val, lam)
        history["train_loss"].append(np.mean(losses, dtype=F))
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(np.mean(predict(params, x_val) == y_val, dtype=F))
        if best is None or val_loss < best_loss:
            best, best_loss, best_epoch = dict(params), val_loss, e
        if patience is not None and e - best_epoch >= patience:
            break
    return best, history


def distinct_units(W1):
    # the one place without float32: 1e-9 is below its resolution
    count = 0
    for j in range(W1.shape[1]):
        gap = np.abs(W1[:, :j] - W1[:, j : j + 1]).max(axis=0)
        count += not np.any(gap <= 1e-9)
    return np.int32(count)
