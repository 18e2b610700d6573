"""The forward pass returns its own backward pass; the optimizer and the stopping rule are closures too."""
import numpy as np


def _network(params, mask=None):
    def forward(x):
        a = np.dot(x, params["W1"]) + params["b1"]
        gate = np.where(a > 0, 1.0, 0.0) if mask is None else np.where(a > 0, mask, 0.0)
        h = a * gate

        def backward(ds):
            da = np.dot(ds, params["W2"].T) * gate
            return {"W1": np.dot(x.T, da), "b1": da.sum(axis=0), "W2": np.dot(h.T, ds), "b2": ds.sum(axis=0)}

        return np.dot(h, params["W2"]) + params["b2"], backward

    return forward


def _hinge(y):
    def loss(s):
        i = range(len(y))
        m = s - s[i, y].reshape(-1, 1) + 1
        m[i, y] = -1
        ds = np.where(m > 0, 1 / len(y), 0)
        ds[i, y] = -ds.sum(axis=1)
        return m[m > 0].sum() / len(y), ds

    return loss


def _objective(x, y, lam):
    hinge = _hinge(y)

    def at(params, mask=None):
        s, backward = _network(params, mask)(x)
        loss, ds = hinge(s)
        grads = backward(ds)
        for k in ("W1", "W2"):
            loss += lam * np.linalg.norm(params[k]) ** 2
            grads[k] = grads[k] + lam * 2 * params[k]
        return loss, grads

    return at


def loss_and_gradients(params, x, y, lam):
    return _objective(x, y, lam)(params)


def predict(params, x):
    scores, _ = _network(params)(x)
    return scores.argmax(axis=1)


def _momentum(rho):
    v = {}

    def step(params, grads, rate):
        for k, g in grads.items():
            v[k] = g if k not in v else rho * v[k] + g
        return {k: w - rate * v[k] for k, w in params.items()}

    return step


def _keeper(patience):
    best = wait = kept = None

    def look(loss, params):
        nonlocal best, wait, kept
        if best is None or loss < best:
            best, wait, kept = loss, 0, params
        else:
            wait += 1
        return wait == patience and patience is not None

    return look, lambda: kept


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    def mask(n):
        if p == 0:
            return None
        m = rng.random((n, params["b1"].shape[0])) < p
        return np.where(m, 0.0, 1 / (1 - p)) if p < 1 else np.zeros(m.shape)

    now = params
    step, (look, kept) = _momentum(rho), _keeper(patience)
    validate = _objective(x_val, y_val, lam)
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    for epoch in range(epochs):
        order = np.arange(len(x))
        rng.shuffle(order)
        losses = []
        while order.size:
            batch, order = order[:batch_size], order[batch_size:]
            loss, grads = _objective(x[batch], y[batch], lam)(now, mask(len(batch)))
            losses.append(loss)
            now = step(now, grads, lr * decay ** epoch)
        history["train_loss"].append(sum(losses) / len(losses))
        history["val_loss"].append(validate(now)[0])
        history["val_accuracy"].append(np.mean(predict(now, x_val) == y_val))
        if look(history["val_loss"][-1], now):
            break
    return kept(), history


def distinct_units(W1):
    def seen_before(j):
        return any((abs(W1[:, i] - W1[:, j]) < 1e-9).all() for i in range(j))

    return sum(not seen_before(j) for j in range(W1.shape[1]))
