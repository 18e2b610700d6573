"""Scalar functions lifted by vectorize, piecewise, select, apply_along_axis and fromfunction."""
import numpy as np

relu = np.vectorize(lambda a: a if a > 0 else 0.0, otypes=[float])
step = np.vectorize(lambda a: 1.0 if a > 0 else 0.0, otypes=[float])
margin = np.vectorize(lambda s, own, j, t: 0.0 if j == t else max(0.0, s - own + 1), otypes=[float])


def _everything(params, x, y, lam, mask):
    z = x @ params["W1"] + params["b1"]
    h = relu(z) * mask
    s = h @ params["W2"] + params["b2"]
    own = np.choose(y, s.T) if s.shape[1] < 30 else s[np.arange(len(y)), y]
    m = margin(s, own[:, None], np.arange(s.shape[1])[None, :], y[:, None])
    broken = np.piecewise(m, [m > 0, m <= 0], [1.0, 0.0])
    ds = np.select([np.arange(s.shape[1]) == y[:, None]], [-broken.sum(axis=1, keepdims=True)], broken) / len(y)
    dz = step(z) * mask * (ds @ params["W2"].T)
    loss = np.apply_along_axis(np.sum, 1, m).mean() + lam * np.sum(np.power(params["W1"], 2))
    loss += lam * np.sum(np.power(params["W2"], 2))
    return loss, {"W1": x.T @ dz + 2 * lam * params["W1"], "b1": np.apply_along_axis(np.sum, 0, dz),
                  "W2": h.T @ ds + 2 * lam * params["W2"], "b2": np.apply_along_axis(np.sum, 0, ds)}


def loss_and_gradients(params, x, y, lam):
    return _everything(params, x, y, lam, np.ones((len(x), len(params["b1"]))))


def predict(params, x):
    s = relu(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return np.apply_along_axis(np.argmax, 1, s)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    keep = np.vectorize(lambda u: 0.0 if u < p else 1 / (1 - p), otypes=[float])
    w, v = dict(params), {k: np.zeros_like(a) for k, a in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, lowest, bad = w, np.nan, 0
    for e in range(epochs):
        # ranks of random keys are a random order
        order = np.argsort(rng.random(len(x)))
        starts = np.arange(0, len(x), batch_size)
        losses = np.zeros(starts.shape)
        for b, start in enumerate(starts):
            i = order[start:start + batch_size]
            mask = keep(rng.random((len(i), len(w["b1"])))) if p > 0 else 1.0
            losses[b], g = _everything(w, x[i], y[i], lam, mask)
            for k in v:
                v[k] = rho * v[k] + g[k]
                w[k] = w[k] - lr * decay ** e * v[k]
        history["train_loss"].append(losses.mean())
        loss, _ = loss_and_gradients(w, x_val, y_val, lam)
        history["val_loss"].append(loss)
        history["val_accuracy"].append(np.vectorize(float)(predict(w, x_val) == y_val).mean())
        bad += 1
        if not loss >= lowest:
            best, lowest, bad = dict(w), loss, 0
        if patience is not None and bad >= patience:
            break
    return best, history


def distinct_units(W1):
    H = W1.shape[1]
    gap = np.vectorize(lambda i, j: np.abs(W1[:, int(i)] - W1[:, int(j)]).max() if i > j else np.inf, otypes=[float])
    return H - np.count_nonzero(np.fromfunction(gap, (H, H)).min(axis=1) <= 1e-9)
