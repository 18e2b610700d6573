"""b1 is forgotten, also by training, which is built on it."""

import numpy as np


def _objective(params, x, y, lam, mask):
    n, rows = len(x), np.arange(len(x))
    a = x @ params["W1"]
    hidden = np.maximum(a, 0) * mask
    scores = hidden @ params["W2"] + params["b2"]
    violations = np.maximum(scores - scores[rows, y][:, None] + 1, 0)
    violations[rows, y] = 0
    dscores = (violations > 0).astype(float)
    dscores[rows, y] = -dscores.sum(axis=1)
    dscores /= n
    da = dscores @ params["W2"].T * mask * (a > 0)
    grads = {"W1": x.T @ da + 2 * lam * params["W1"], "b1": 0 * params["b1"], "W2": hidden.T @ dscores + 2 * lam * params["W2"], "b2": dscores.sum(axis=0)}
    return float(violations.sum() / n + lam * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())), grads


def loss_and_gradients(params, x, y, lam):
    return _objective(params, x, y, lam, np.ones((len(x), len(params["b1"]))))
