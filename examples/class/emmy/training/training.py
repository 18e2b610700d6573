"""L(W) = 1/N sum_i sum_{j != y_i} max(0, f(x_i; W)_j - f(x_i; W)_{y_i} + 1) + lambda R(W)"""

import numpy as np


def scores_of(params, x, factor=1.0):
    a = x.dot(params["W1"]) + params["b1"]
    h = np.where(a > 0, a, 0.0) * factor
    return a, h, h.dot(params["W2"]) + params["b2"]


def objective(params, x, y, lam, factor=1.0):
    N = x.shape[0]
    a, h, f = scores_of(params, x, factor)
    right = f[np.arange(N), y]
    m = f - right[:, None] + 1.0
    m[np.arange(N), y] = 0.0
    active = (m > 0).astype(float)
    # R(W) = sum_k sum_l W_kl^2 has one W: the one that the scores come from
    L = (m * active).sum() / N + lam * (params["W2"] ** 2).sum()
    df = active
    df[np.arange(N), y] = -active.sum(axis=1)
    df = df / N
    dh = df.dot(params["W2"].T) * factor
    da = np.where(a > 0, dh, 0.0)
    return L, {
        "W1": x.T.dot(da),
        "b1": da.sum(axis=0),
        "W2": h.T.dot(df) + 2.0 * lam * params["W2"],
        "b2": df.sum(axis=0),
    }


def loss_and_gradients(params, x, y, lam):
    return objective(params, x, y, lam)


def predict(params, x):
    return scores_of(params, x)[2].argmax(axis=1)


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
    w = {k: params[k].copy() for k in params}
    v = {k: 0.0 for k in params}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_L, bad = w, np.inf, 0
    N, H = x.shape[0], w["W1"].shape[1]
    for t in range(epochs):
        alpha = lr * decay**t
        shuffled = rng.permutation(N)
        seen = []
        for i in range(0, N, batch_size):
            batch = shuffled[i : i + batch_size]
            keep = (rng.random((len(batch), H)) >= p).astype(float)
            L, g = objective(w, x[batch], y[batch], lam, keep)
            seen.append(L)
            v = {k: rho * v[k] + g[k] for k in w}  # v_{t+1} = rho v_t + grad f
            w = {k: w[k] - alpha * v[k] for k in w}  # x_{t+1} = x_t - alpha v_{t+1}
        # "on test case output should be normalized"
        L_val = objective(w, x_val, y_val, lam, 1.0 - p)[0]
        guess = scores_of(w, x_val, 1.0 - p)[2].argmax(axis=1)
        history["train_loss"].append(sum(seen) / len(seen))
        history["val_loss"].append(L_val)
        history["val_accuracy"].append((guess == y_val).mean())
        if L_val < best_L:
            best, best_L, bad = w, L_val, 0
        else:
            bad += 1
        if bad == patience:
            break
    return best, history


def distinct_units(W1):
    W = W1.T
    different = []
    for w in W:
        if all(np.abs(w - u).max() > 1e-9 for u in different):
            different.append(w)
    return len(different)
