"""All parameters live in one vector theta, so momentum is one line; masks and margins are whole matrices."""

import numpy as np

NAMES = ("W1", "b1", "W2", "b2")


def _pack(d):
    return np.concatenate([np.ravel(d[k]) for k in NAMES])


def _unpack(theta, shapes):
    sizes = [int(np.prod(s)) for s in shapes]
    parts = np.split(theta, np.cumsum(sizes)[:-1])
    return {k: v.reshape(s) for k, v, s in zip(NAMES, parts, shapes)}


def _scores(params, x, keep=1.0):
    z = x @ params["W1"] + params["b1"]
    h = z.clip(min=0) * keep
    return z, h, h @ params["W2"] + params["b2"]


def _loss(params, x, y, lam, keep=1.0):
    n = len(x)
    z, h, s = _scores(params, x, keep)
    target = np.eye(s.shape[1])[y]  # one-hot
    m = (1 - target) * np.maximum(0, 1 + s - (s * target).sum(axis=1, keepdims=True))
    v = np.sign(m)
    ds = (v - target * v.sum(axis=1, keepdims=True)) / n
    dz = (ds @ params["W2"].T) * keep * (z > 0)
    reg = sum(np.vdot(params[k], params[k]) for k in ("W1", "W2"))
    grads = {"W1": x.T @ dz, "b1": dz.sum(axis=0), "W2": h.T @ ds, "b2": ds.sum(axis=0)}
    for k in ("W1", "W2"):
        grads[k] = grads[k] + 2 * lam * params[k]
    return m.sum() / n + lam * reg, grads


def loss_and_gradients(params, x, y, lam):
    return _loss(params, x, y, lam)


def predict(params, x):
    return np.argmax(_scores(params, x)[2], axis=1)  # the first of several maxima


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
    shapes = [np.shape(params[k]) for k in NAMES]
    theta = _pack(params)
    v = np.zeros(theta.size)
    n, units = len(x), shapes[1][0]
    rows = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    snapshots = []

    for e in range(epochs):
        batches = np.array_split(rng.permutation(n), np.arange(batch_size, n, batch_size))
        seen = []
        for idx in batches:
            keep = rng.binomial(1, 1 - p, size=(len(idx), units)) / max(1 - p, 1e-300)
            loss, g = _loss(_unpack(theta, shapes), x[idx], y[idx], lam, keep)
            seen.append(loss)
            v = rho * v + _pack(g)
            theta = theta - lr * decay**e * v
        now = _unpack(theta, shapes)
        snapshots.append(now)
        rows["train_loss"].append(np.mean(seen))
        rows["val_loss"].append(_loss(now, x_val, y_val, lam)[0])
        rows["val_accuracy"].append(np.mean(predict(now, x_val) == y_val))
        best = int(np.argmin(rows["val_loss"]))  # argmin takes the first one, too
        if patience is not None and e - best >= patience:
            break
    return snapshots[best], rows


def distinct_units(W1):
    columns = W1.T
    distance = np.abs(columns[:, None, :] - columns[None, :, :]).max(axis=2)
    same = np.triu(distance <= 1e-9, k=1)  # i < j
    return int(np.sum(~same.any(axis=0)))  # has no earlier twin
