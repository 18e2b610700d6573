"""Generators feed generators: endless masks, batches of an epoch, epochs of a run; the optimizer is a coroutine."""
import itertools

import numpy as np


def _rates(lr, decay):
    while True:
        yield lr
        lr *= decay


def _masks(p, units, rng):
    n = yield
    while True:
        if p == 1:
            n = yield np.zeros((n, units))
        elif p == 0:
            n = yield np.ones((n, units))
        else:
            # the gaps between dropped elements are geometric
            flat = np.full(n * units, 1 / (1 - p))
            at = int(rng.geometric(p)) - 1
            while at < flat.size:
                flat[at] = 0
                at += int(rng.geometric(p))
            n = yield flat.reshape(n, units)


def _batches(n, size, rng):
    order = iter(rng.permutation(n).tolist())
    while batch := list(itertools.islice(order, size)):
        yield batch


def _optimizer(theta, rho):
    v = {k: np.zeros_like(w) for k, w in theta.items()}
    while True:
        grads, rate = yield theta
        v = {k: rho * v[k] + grads[k] for k in v}
        theta = {k: theta[k] - rate * v[k] for k in v}


def _evaluate(theta, x, y, lam, mask):
    z = x @ theta["W1"] + theta["b1"]
    h = np.fmax(z, 0) * mask
    s = h @ theta["W2"] + theta["b2"]
    rows = np.arange(len(y))
    m = np.fmax(s - s[rows, y][:, None] + 1, 0)
    m[rows, y] = 0
    ds = m.astype(bool).astype(float)
    ds[rows, y] = -ds.sum(axis=1)
    ds /= len(y)
    dz = (ds @ theta["W2"].T) * mask
    dz[z <= 0] = 0
    penalty = sum(w * w for k in ("W1", "W2") for w in theta[k].flat)
    return m.sum() / len(y) + lam * penalty, {
        "b2": ds.sum(axis=0), "W2": h.T @ ds + 2 * lam * theta["W2"],
        "b1": dz.sum(axis=0), "W1": x.T @ dz + 2 * lam * theta["W1"]}


def _epochs(theta, x, y, rng, lr, rho, lam, p, batch_size, decay):
    optimizer, masks = _optimizer(theta, rho), _masks(p, len(theta["b1"]), rng)
    next(masks)
    theta = next(optimizer)
    for rate in _rates(lr, decay):
        losses = []
        for batch in _batches(len(x), batch_size, rng):
            loss, grads = _evaluate(theta, x[batch], y[batch], lam, masks.send(len(batch)))
            losses.append(loss)
            theta = optimizer.send((grads, rate))
        yield theta, sum(losses) / len(losses)


def loss_and_gradients(params, x, y, lam):
    return _evaluate(params, x, y, lam, 1.0)


def predict(params, x):
    def classes():
        for row in x:
            s = np.fmax(row @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
            yield max(range(len(s)), key=s.__getitem__)

    return np.fromiter(classes(), int, len(x))


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    winner, low, bad = None, float("inf"), 0
    run = _epochs(params, x, y, rng, lr, rho, lam, p, batch_size, decay)
    for theta, loss in itertools.islice(run, epochs):
        val, _ = _evaluate(theta, x_val, y_val, lam, 1.0)
        history["train_loss"].append(loss)
        history["val_loss"].append(val)
        history["val_accuracy"].append(np.mean(predict(theta, x_val) == y_val))
        winner, low, bad = (theta, val, 0) if winner is None or val < low else (winner, low, bad + 1)
        if patience is not None and bad >= patience:
            run.close()
            break
    return winner, history


def distinct_units(W1):
    def new_ones():
        for j, k in enumerate(W1.T):
            if all(np.abs(k - W1.T[i]).max() > 1e-9 for i in range(j)):
                yield j

    return sum(1 for _ in new_ones())
