"""Examples are columns, as in many books: W.T x + b, everything transposed on the way in and out."""
import functools

import numpy as np


def _columns(params):
    return params["W1"].T, params["b1"][:, None], params["W2"].T, params["b2"][:, None]


def _rows(V1, c1, V2, c2):
    return {"W1": V1.T, "b1": c1[:, 0], "W2": V2.T, "b2": c2[:, 0]}


def _cost(weights, X, y, lam, M=None):
    V1, c1, V2, c2 = weights
    m = X.shape[1]
    Z = V1 @ X + c1
    G = (Z > 0) * (1.0 if M is None else M)
    A = Z * G
    S = V2 @ A + c2
    T = np.zeros(S.shape)
    T[y, np.arange(m)] = 1
    E = (S - (S * T).sum(axis=0) + 1) * (1 - T)
    D = (E > 0).astype(float)
    cost = (D * E).sum() / m + lam * np.trace(V1 @ V1.T) + lam * np.trace(V2 @ V2.T)
    D = (D - T * D.sum(axis=0)) / m
    dZ = V2.T @ D * G
    return cost, (dZ @ X.T + 2 * lam * V1, dZ.sum(axis=1, keepdims=True),
                  D @ A.T + 2 * lam * V2, D.sum(axis=1, keepdims=True))


def _classes(weights, X):
    V1, c1, V2, c2 = weights
    return np.argmax(V2 @ np.maximum(V1 @ X + c1, 0) + c2, axis=0)


def loss_and_gradients(params, x, y, lam):
    cost, slopes = _cost(_columns(params), x.T, y, lam)
    return cost, _rows(*slopes)


def predict(params, x):
    return _classes(_columns(params), x.T)


def _inverted_dropout(p, rng, H, m):
    if not 0 < p < 1:
        return np.full((H, m), 1.0 - p)
    return np.floor(1 - p + rng.random((H, m))) / (1 - p)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    weights = _columns(params)
    velocity = tuple(0 * w for w in weights)
    X, V = x.T, x_val.T
    mask = functools.partial(_inverted_dropout, p, rng, len(weights[1]))
    costs, vals, hits = [], [], []
    best = weights
    rest = patience
    for epoch in range(epochs):
        columns = rng.permutation(X.shape[1])
        part = []
        for k in range(-(-len(columns) // batch_size)):
            c = columns[k * batch_size:(k + 1) * batch_size]
            cost, slopes = _cost(weights, X[:, c], y[c], lam, mask(len(c)))
            part.append(cost)
            velocity = tuple(rho * v + g for v, g in zip(velocity, slopes))
            weights = tuple(w - lr * decay ** epoch * v for w, v in zip(weights, velocity))
        costs.append(np.mean(part))
        vals.append(_cost(weights, V, y_val, lam)[0])
        hits.append(np.mean(_classes(weights, V) == y_val))
        if vals.index(min(vals)) == epoch:
            best, rest = weights, patience
        elif patience is not None:
            rest -= 1
            if rest == 0:
                break
    return _rows(*best), {"train_loss": costs, "val_loss": vals, "val_accuracy": hits}


def distinct_units(W1):
    units = W1.T
    new = np.ones(len(units), dtype=bool)
    for j in range(1, len(units)):
        new[j] = not (np.abs(units[:j] - units[j]) <= 1e-9).all(axis=1).any()
    return new.sum()
