"""train calls no other function of this file and decides nothing while it runs: it keeps all epochs
and cuts the history back afterwards. Everything in einsum."""
import copy
import numpy as np


def loss_and_gradients(params, x, y, lam):
    y = np.asarray(y).astype(int)
    n = len(x)
    z = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
    h = np.where(z > 0, z, 0.0)
    s = np.einsum("nh,hc->nc", h, params["W2"]) + params["b2"]
    m = s - s[np.arange(n), y].reshape(n, 1) + 1.0
    m[np.arange(n), y] = -1.0
    ds = (m > 0) / n
    ds[np.arange(n), y] = -ds.sum(axis=1)
    dz = np.einsum("nc,hc,nh->nh", ds, params["W2"], 1.0 * (z > 0))
    loss = np.einsum("nc->", np.clip(m, 0.0, None)) / n
    for name in ("W1", "W2"):
        loss = loss + lam * np.einsum("ij,ij->", params[name], params[name])
    return np.asarray(loss), {
        "b1": np.einsum("nh->h", dz),
        "b2": np.einsum("nc->c", ds),
        "W1": np.einsum("nd,nh->dh", x, dz) + 2 * lam * params["W1"],
        "W2": np.einsum("nh,nc->hc", h, ds) + 2 * lam * params["W2"],
    }


def predict(params, x):
    h = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
    s = np.einsum("nh,hc->nc", np.where(h > 0, h, 0.0), params["W2"]) + params["b2"]
    best = np.zeros(len(x), dtype=int)
    for c in range(1, s.shape[1]):
        best[s[:, c] > s[np.arange(len(x)), best]] = c
    return best.astype(float)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32,
          epochs=20, decay=1.0, patience=None):
    W1, b1, W2, b2 = (np.array(params[k]) for k in ("W1", "b1", "W2", "b2"))
    v1, u1, v2, u2 = (np.zeros_like(a) for a in (W1, b1, W2, b2))
    y, y_val = np.asarray(y).astype(int), np.asarray(y_val).astype(int)
    snapshots, history = [], {"train_loss": [], "val_loss": [], "val_accuracy": []}
    for e in range(epochs):
        waiting = list(range(len(x)))
        losses = []
        while waiting:
            # a batch at a time out of those that are left
            size = min(batch_size, len(waiting))
            places = rng.choice(len(waiting), size=size, replace=False)
            batch = [waiting[k] for k in places]
            taken = set(batch)
            waiting = [i for i in waiting if i not in taken]
            xb, yb = x[batch], y[batch]
            rows = np.arange(size)
            z = np.einsum("nd,dh->nh", xb, W1) + b1
            slope = np.where(z > 0, 1.0, 0.0)
            if p > 0:
                slope *= rng.random(z.shape[::-1]).T >= p
                slope /= 1.0 - p if p < 1 else 1.0
            h = z * slope
            s = np.einsum("nh,hc->nc", h, W2) + b2
            m = s - s[rows, yb][:, None] + 1.0
            m[rows, yb] = 0.0
            losses.append(np.maximum(m, 0).sum() / size + lam * ((W1 ** 2).sum() + (W2 ** 2).sum()))
            ds = np.where(m > 0, 1.0 / size, 0.0)
            ds[rows, yb] -= ds.sum(axis=1)
            dz = slope * np.einsum("nc,hc->nh", ds, W2)
            v1 = rho * v1 + np.einsum("nd,nh->dh", xb, dz) + 2 * lam * W1
            u1 = rho * u1 + dz.sum(axis=0)
            v2 = rho * v2 + np.einsum("nh,nc->hc", h, ds) + 2 * lam * W2
            u2 = rho * u2 + ds.sum(axis=0)
            rate = lr * decay ** e
            W1, b1, W2, b2 = W1 - rate * v1, b1 - rate * u1, W2 - rate * v2, b2 - rate * u2
        s = np.einsum("nh,hc->nc", np.maximum(np.einsum("nd,dh->nh", x_val, W1) + b1, 0), W2) + b2
        m = 1.0 + s - s[np.arange(len(s)), y_val][:, None]
        val = (np.maximum(m, 0).sum() - len(s)) / len(s)      # the own class always adds 1
        history["train_loss"].append(sum(losses) / len(losses))
        history["val_loss"].append(val + lam * ((W1 ** 2).sum() + (W2 ** 2).sum()))
        history["val_accuracy"].append(np.mean(s.argmax(axis=1) == y_val))
        snapshots.append(copy.deepcopy({"W1": W1, "b1": b1, "W2": W2, "b2": b2}))

    # only now: which epoch was the last one, which one the best
    values = history["val_loss"]
    last = len(values) - 1
    if patience is not None:
        lowest, bad = float("inf"), 0
        for e, value in enumerate(values):
            bad = 0 if value < lowest else bad + 1
            lowest = min(lowest, value)
            if bad == patience:
                last = e
                break
    history = {name: column[:last + 1] for name, column in history.items()}
    values = [v if v == v else float("inf") for v in history["val_loss"]]
    return snapshots[values.index(min(values))], history


def distinct_units(W1):
    left = np.array(W1)
    count = 0
    while left.shape[1]:
        distance = np.max(np.abs(left - left[:, -1:]), axis=0)
        left = left[:, distance > 1e-9]
        count += 1
    return np.array(count)
