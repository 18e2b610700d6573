"""Decorators that log, time and check, and more options than anybody asked for."""
import functools
import time

import numpy as np

CALLS = {}


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return f(*args, **kwargs)
        finally:
            CALLS.setdefault(f.__name__, []).append(time.perf_counter() - start)
    return wrapper


def finite(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        loss, grads = f(*args, **kwargs)
        assert np.isfinite(loss) and all(np.isfinite(g).all() for g in grads.values()), "diverged"
        return loss, grads
    return wrapper


def history_of(*names):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            history = {name: [] for name in names}
            best = None
            for best, entry in f(*args, **kwargs):
                for name, value in zip(names, entry):
                    history[name].append(value)
            return best, history
        return wrapper
    return decorate


@logged
@finite
def loss_and_gradients(params, x, y, lam, margin=1.0, mask=None, reduction="mean", penalised=("W1", "W2")):
    weight = 1 / len(x) if reduction == "mean" else 1.0
    mask = 1.0 if mask is None else mask
    a = x @ params["W1"] + params["b1"]
    h = np.maximum(a, 0) * mask
    s = h @ params["W2"] + params["b2"]
    own = s[np.arange(len(y)), y]
    m = np.maximum(0, (s.T - own + margin).T)
    m[np.arange(len(y)), y] = 0
    ds = np.sign(m) * weight
    ds[np.arange(len(y)), y] -= ds.sum(axis=1)
    da = np.where(a > 0, mask * (ds @ params["W2"].T), 0)
    grads = {"W1": x.T @ da, "b1": np.add.reduce(da), "W2": h.T @ ds, "b2": np.add.reduce(ds)}
    loss = m.sum() * weight
    for name in penalised:
        loss += lam * np.sum(params[name] * params[name])
        grads[name] = grads[name] + 2 * lam * params[name]
    return loss, grads


@logged
def predict(params, x, *, return_scores=False):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return s if return_scores else np.argmax(s, axis=1)


@logged
@history_of("train_loss", "val_loss", "val_accuracy")
def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None, min_delta=0.0, shuffle=True, verbose=False, callback=None, **ignored):
    theta = dict(params)
    v = {}
    best, lowest, bad = theta, np.inf, 0
    for epoch in range(epochs):
        order = rng.permutation(len(x)) if shuffle else np.arange(len(x))
        losses = []
        for start in range(0, len(x), batch_size):
            idx = order[start:start + batch_size]
            mask = None
            if p:
                mask = np.zeros((len(idx), len(theta["b1"])))
                mask[rng.random(mask.shape) >= p] = 1 / (1 - p) if p < 1 else 0
            loss, g = loss_and_gradients(theta, x[idx], y[idx], lam, mask=mask)
            losses.append(loss)
            for k in g:
                v[k] = rho * v.get(k, 0.0) + g[k]
            theta = {k: w - lr * decay ** epoch * v[k] for k, w in theta.items()}
        val_loss, _ = loss_and_gradients(theta, x_val, y_val, lam)
        accuracy = (predict(theta, x_val) == y_val).mean()
        if val_loss < lowest - min_delta:
            best, lowest, bad = theta, val_loss, 0
        else:
            bad += 1
        if verbose:
            print(epoch, val_loss)
        if callback is not None:
            callback(epoch, theta)
        yield best, (np.mean(losses), val_loss, accuracy)
        if patience is not None and bad >= patience:
            return


@logged
def distinct_units(W1, tol=1e-9, axis=1):
    columns = np.moveaxis(W1, axis, 0)
    distances = np.abs(columns[:, None] - columns[None]).max(axis=-1)
    first = (distances <= tol).argmax(axis=1)
    return len(set(first.tolist()))
