"""Arrays of Python numbers (dtype object); the learning rate is an exact fraction."""
from fractions import Fraction

import numpy as np


def _obj(a):
    return np.asarray(a).astype(object)


def _objective(P, x, y, lam, mask):
    x, n = _obj(x), len(y)
    W1, b1, W2, b2 = (_obj(P[k]) for k in ("W1", "b1", "W2", "b2"))
    z = x.dot(W1) + b1
    gate = (z > 0).astype(object) * mask
    h = z * gate
    s = h.dot(W2) + b2
    m = s - s[np.arange(n), y][:, None] + 1
    m[np.arange(n), y] = 0
    ds = (m > 0).astype(int).astype(object)
    loss = (m * ds).sum() / n + lam * ((W1 ** 2).sum() + (W2 ** 2).sum())
    ds[np.arange(n), y] = -ds.sum(axis=1)
    ds = ds / n
    dz = ds.dot(W2.T) * gate
    return loss, {"W1": x.T.dot(dz) + W1 * (2 * lam), "b1": dz.sum(axis=0),
                  "W2": h.T.dot(ds) + W2 * (2 * lam), "b2": ds.sum(axis=0)}


def loss_and_gradients(params, x, y, lam):
    return _objective(params, x, y, lam, 1)


def predict(params, x):
    z = _obj(x).dot(_obj(params["W1"])) + _obj(params["b1"])
    s = (z * (z > 0)).dot(_obj(params["W2"])) + _obj(params["b2"])
    return np.array([row.index(max(row)) for row in s.tolist()], dtype=object)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    names = ["W1", "b1", "W2", "b2"]
    theta = np.empty(4, dtype=object)
    theta[:] = [params[k] for k in names]
    v = np.empty(4, dtype=object)
    v[:] = [0.0 * params[k] for k in names]
    train_loss, val_loss, val_accuracy, best, bad = [], [], [], None, 0
    for e in range(epochs):
        rate = float(Fraction(lr) * Fraction(decay) ** e) if e < 50 else lr * decay ** e
        batches = [rng.permutation(len(x))]
        while len(batches[-1]) > batch_size:
            batches[-1:] = [batches[-1][:batch_size], batches[-1][batch_size:]]
        losses = []
        for b in batches:
            mask = 1
            if p > 0:
                kept = rng.random((len(b), len(params["b1"]))) >= p
                mask = kept.astype(object) * (1 / (1 - p) if p < 1 else 0)
            loss, g = _objective(dict(zip(names, theta)), x[b], y[b], lam, mask)
            losses.append(loss)
            slopes = np.empty(4, dtype=object)
            slopes[:] = [g[k].astype(float) for k in names]
            v = rho * v + slopes
            theta = theta - rate * v
        now = dict(zip(names, theta))
        train_loss.append(sum(losses) / len(losses))
        loss = loss_and_gradients(now, x_val, y_val, lam)[0]
        if e == 0 or loss < min(val_loss):
            best, bad = now, 0
        else:
            bad += 1
        val_loss.append(loss)
        val_accuracy.append(float(Fraction(sum(a == int(t) for a, t in zip(predict(now, x_val), y_val)), len(y_val))))
        if patience is not None and bad >= patience:
            break
    return best, {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


def distinct_units(W1):
    kept = np.empty(0, dtype=object)
    for unit in _obj(W1).T.tolist():
        if not any(max(abs(a - b) for a, b in zip(unit, other)) < 1e-9 for other in kept):
            box = np.empty(1, dtype=object)
            box[0] = unit
            kept = np.append(kept, box)
    return len(kept)
