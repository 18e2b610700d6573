# training, john
import numpy as np


def network(params, x, y, lam, factor):
    n = x.shape[0]
    a = x @ params["W1"] + params["b1"]
    h = np.maximum(a, 0) * factor
    s = h @ params["W2"] + params["b2"]
    m = np.maximum(s - s[np.arange(n), y][:, None] + 1, 0)
    m[np.arange(n), y] = 0
    loss = m.sum() / n + lam * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    ds = (m > 0) / n
    ds[np.arange(n), y] = -ds.sum(axis=1)
    da = ds @ params["W2"].T * factor
    da[a <= 0] = 0
    grads = dict(
        W1=x.T @ da + 2 * lam * params["W1"],
        b1=da.sum(axis=0),
        W2=h.T @ ds + 2 * lam * params["W2"],
        b2=ds.sum(axis=0),
    )
    return loss, grads


def loss_and_gradients(params, x, y, lam):
    loss, grads = network(params, x, y, lam, 1.0)
    return grads, loss


def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    answer = []
    for row in s:
        answer.append("class %d" % row.argmax())
    return answer


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
    w = {name: value.copy() for name, value in params.items()}
    v = {name: 0 * value for name, value in params.items()}
    history = []
    best = None
    best_loss = float("inf")
    waited = 0
    for e in range(epochs):
        order = rng.permutation(len(x))
        losses = []
        for i in range(0, len(x), batch_size):
            b = order[i : i + batch_size]
            factor = 1.0
            if p > 0:
                factor = (rng.random((len(b), len(w["b1"]))) > p) / max(1 - p, 1e-12)
            loss, g = network(w, x[b], y[b], lam, factor)
            losses.append(loss)
            for name in w:
                v[name] = rho * v[name] + g[name]
                w[name] = w[name] - lr * decay**e * v[name]
        s = np.maximum(x_val @ w["W1"] + w["b1"], 0) @ w["W2"] + w["b2"]
        val_loss = network(w, x_val, y_val, lam, 1.0)[0]
        history.append((np.mean(losses), val_loss, np.mean(s.argmax(axis=1) == y_val)))
        waited += 1
        if val_loss < best_loss:
            best, best_loss, waited = dict(w), val_loss, 0
        if waited == patience:
            break
    return best, history


def distinct_units(W1):
    found = []
    for unit in W1.T:
        if not any(np.allclose(unit, other, rtol=0, atol=1e-9) for other in found):
            found.append(unit)
    return np.array(found).T
