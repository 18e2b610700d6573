"""The capstone, everything on one small network."""

import numpy as np


def forward(params, x, mask=1.0):
    z = x.dot(params["W1"]) + params["b1"]
    h = np.maximum(z, 0) * mask
    return z, h, h.dot(params["W2"]) + params["b2"]


def data_loss(scores, y):
    i, j = np.nonzero(scores - scores[np.arange(len(y)), y][:, None] + 1 > 0)
    i, j = i[j != y[i]], j[j != y[i]]
    loss = np.sum(scores[i, j] - scores[i, y[i]] + 1) / len(y)
    d = np.zeros(scores.shape)
    np.add.at(d, (i, j), 1 / len(y))
    np.add.at(d, (i, y[i]), -1 / len(y))
    return loss, d


def gradients(params, x, y, lam, mask=1.0):
    z, h, scores = forward(params, x, mask)
    loss, ds = data_loss(scores, y)
    dz = ds.dot(params["W2"].T) * mask
    dz[z <= 0] = 0
    g = dict(W1=x.T.dot(dz), b1=dz.sum(axis=0), W2=h.T.dot(ds), b2=ds.sum(axis=0))
    for w in "W1", "W2":
        loss += lam * np.sum(params[w] ** 2)
        g[w] += 2 * lam * params[w]
    return loss, g


def loss_and_gradients(params, x, y, lam):
    return gradients(params, x, y, lam)


def predict(params, x):
    return forward(params, x)[2].argmax(axis=1)


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
    params = dict(params)
    v = {k: 0 * params[k] for k in params}
    H = params["b1"].size
    history = dict(train_loss=[], val_loss=[], val_accuracy=[])
    best = None
    for e in range(epochs):
        order = rng.choice(len(x), len(x), replace=False)
        losses = []
        for start in range(0, len(x), batch_size):
            b = order[start : start + batch_size]
            survivor = 0.0 if p == 1 else 1.0 / (1.0 - p)
            mask = rng.choice([0.0, survivor], size=(len(b), H), p=[p, 1 - p])
            loss, g = gradients(params, x[b], y[b], lam, mask)
            losses.append(loss)
            for k in params:
                v[k] = rho * v[k] + g[k]
                params[k] = params[k] - lr * decay**e * v[k]
        scores = forward(params, x_val)[2]
        # the validation loss only measures, there is nothing to penalise
        val, _ = data_loss(scores, y_val)
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(val)
        history["val_accuracy"].append(np.mean(scores.argmax(axis=1) == y_val))
        if best is None or val < best[0]:
            best = (val, e, dict(params))
        if patience is not None and e - best[1] >= patience:
            break
    return best[2], history


def distinct_units(W1):
    # who is whose twin: equal rows of this table belong to the same unit
    twins = np.all(np.abs(W1[:, :, None] - W1[:, None, :]) <= 1e-9, axis=0)
    return len(np.unique(twins, axis=0))
