"""No velocity: the step is a multiple of the last step, corrected for the change of rate, minus rate times gradient."""
import numpy as np


def loss_and_gradients(params, x, y, lam):
    return _batch(params, x, y, lam, 1.0)


def _batch(q, x, y, lam, mask):
    z = x @ q["W1"] + q["b1"]
    h = (np.abs(z) + z) / 2 * mask
    s = h @ q["W2"] + q["b2"]
    Y = np.eye(s.shape[1], dtype=bool)[y]
    slack = s - s[Y].reshape(-1, 1) + 1
    V = (slack > 0) & ~Y
    k = V.sum(axis=1, keepdims=True)
    ds = (V - k * Y) / len(y)
    # the loss is linear in the scores as long as no margin changes sides
    loss = (ds * s).sum() + V.sum() / len(y) + lam * (np.sum(q["W1"] ** 2) + np.sum(q["W2"] ** 2))
    dz = ds @ q["W2"].T * (np.sign(z) + np.abs(np.sign(z))) / 2 * mask
    return loss, {"W1": x.T @ dz + 2 * lam * q["W1"], "b1": dz.sum(0),
                  "W2": h.T @ ds + 2 * lam * q["W2"], "b2": ds.sum(0)}


def predict(params, x):
    z = x @ params["W1"] + params["b1"]
    s = (np.abs(z) + z) / 2 @ params["W2"] + params["b2"]
    return np.argmin(-s, axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    now = {k: params[k] * 1.0 for k in params}
    before = now
    last_rate = lr
    out = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    keep, keep_loss, count = now, None, 0
    for epoch in range(epochs):
        rate = lr * decay ** epoch
        order = rng.choice(len(x), size=len(x), replace=False)
        losses = []
        for i in range(0, len(x), batch_size):
            b = order[i:i + batch_size]
            mask = 1.0
            if p > 0:
                mask = rng.random((len(now["b1"]), len(b))).T >= p
                mask = mask / (1 - p) if p < 1 else mask * 0
            loss, g = _batch(now, x[b], y[b], lam, mask)
            losses.append(loss)
            factor = rho * rate / last_rate if last_rate else 0.0
            now, before = {k: now[k] + factor * (now[k] - before[k]) - rate * g[k] for k in now}, now
            last_rate = rate
        out["train_loss"].append(np.mean(losses))
        out["val_loss"].append(loss_and_gradients(now, x_val, y_val, lam)[0])
        out["val_accuracy"].append(1 - np.mean(predict(now, x_val) != y_val))
        if keep_loss is None or out["val_loss"][-1] < keep_loss:
            keep, keep_loss, count = now, out["val_loss"][-1], 0
        else:
            count += 1
            if patience is not None and count >= patience:
                return keep, out
    return keep, out


def distinct_units(W1):
    H = W1.shape[1]
    return H - sum(np.any(np.all(np.abs(W1[:, :j] - W1[:, j:j + 1]) <= 1e-9, axis=0)) for j in range(H))
