"""Masked arrays: the right class is masked out of the margins, dropped units are masked out of the hidden layer."""
import numpy as np
import numpy.ma as ma


def _objective(params, x, y, lam, dropped, scale):
    n, C = len(y), len(params["b2"])
    z = ma.array(x @ params["W1"] + params["b1"])
    z[z.data <= 0] = ma.masked
    z[dropped] = ma.masked
    silent = ma.getmaskarray(z)
    h = (z * scale).filled(0.0)
    s = h @ params["W2"] + params["b2"]
    right = np.arange(C)[None, :] == y[:, None]
    own = ma.array(s, mask=~right).sum(axis=1).filled(0.0)
    margins = ma.array(s - own[:, None] + 1, mask=right)
    margins = ma.masked_less_equal(margins, 0)
    loss = float(margins.filled(0.0).sum()) / n
    loss += lam * float(sum((params[k] ** 2).sum() for k in ("W1", "W2")))
    ds = (~ma.getmaskarray(margins)).astype(float)
    ds[right] = -ds.sum(axis=1)
    ds /= n
    dz = ma.array(ds @ params["W2"].T * scale, mask=silent).filled(0.0)
    return loss, {"W1": x.T @ dz + 2 * lam * params["W1"], "b1": dz.sum(axis=0),
                  "W2": h.T @ ds + 2 * lam * params["W2"], "b2": ds.sum(axis=0)}


def loss_and_gradients(params, x, y, lam):
    return _objective(params, x, y, lam, np.zeros((len(x), len(params["b1"])), bool), 1.0)


def predict(params, x):
    z = ma.masked_less(x @ params["W1"] + params["b1"], 0).filled(0.0)
    return ma.argmax(ma.array(z @ params["W2"] + params["b2"]), axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    theta = {k: w.copy() for k, w in params.items()}
    v = {k: np.zeros_like(w) for k, w in params.items()}
    losses_of = ma.masked_all(epochs)          # an epoch that never came stays masked
    train_loss, accuracy = ma.masked_all(epochs), ma.masked_all(epochs)
    snapshots = {}
    for e in range(epochs):
        order = rng.permutation(len(x))
        batch_losses = []
        for start in range(0, len(x), batch_size):
            b = order[start:start + batch_size]
            dropped = rng.random((len(b), len(theta["b1"]))) < p
            loss, g = _objective(theta, x[b], y[b], lam, dropped, 1 / (1 - p) if p < 1 else 0.0)
            batch_losses.append(loss)
            for k in theta:
                v[k] = rho * v[k] + g[k]
                theta[k] = theta[k] - lr * decay ** e * v[k]
        train_loss[e] = np.mean(batch_losses)
        losses_of[e] = loss_and_gradients(theta, x_val, y_val, lam)[0]
        accuracy[e] = np.mean(predict(theta, x_val) == y_val)
        champion = int(losses_of.argmin(fill_value=np.inf))
        if champion == e:
            snapshots = {e: dict(theta)}
        if patience is not None and e - champion >= patience:
            break
    history = {"train_loss": train_loss.compressed().tolist(), "val_loss": losses_of.compressed().tolist(),
               "val_accuracy": accuracy.compressed().tolist()}
    return snapshots.popitem()[1], history


def distinct_units(W1):
    alive = ma.arange(W1.shape[1], dtype=float)
    n = 0
    while alive.count():
        j = int(alive.compressed()[0])
        alive[np.all(np.abs(W1 - W1[:, [j]]) <= 1e-9, axis=0)] = ma.masked
        n += 1
    return n
