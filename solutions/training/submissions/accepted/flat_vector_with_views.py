"""All parameters live in one long vector; W1, b1, W2 and b2 are views of it and the step is one line."""
import numpy as np

NAMES = ("W1", "b1", "W2", "b2")


def _pack(params):
    return np.concatenate([params[k].ravel() for k in NAMES])


def _unpack(vector, like):
    views, at = {}, 0
    for k in NAMES:
        size = like[k].size
        views[k] = vector[at:at + size].reshape(like[k].shape)
        at += size
    return views


def _value_and_slope(vector, like, x, y, lam, mask=None):
    P = _unpack(vector, like)
    slope = np.zeros_like(vector)
    G = _unpack(slope, like)
    n = len(x)
    z = x @ P["W1"] + P["b1"]
    gate = (z > 0).astype(float)
    if mask is not None:
        gate *= mask
    h = z * gate
    s = h @ P["W2"] + P["b2"]
    m = s - s[np.arange(n), y][:, None] + 1
    m[np.arange(n), y] = 0
    d = (m > 0) * 1.0
    loss = (m * d).sum() / n
    for k in ("W1", "W2"):
        loss += lam * np.dot(P[k].ravel(), P[k].ravel())
    d[np.arange(n), y] -= d.sum(axis=1)
    d /= n
    da = d @ P["W2"].T * gate
    np.matmul(x.T, da, out=G["W1"])
    np.sum(da, axis=0, out=G["b1"])
    np.matmul(h.T, d, out=G["W2"])
    np.sum(d, axis=0, out=G["b2"])
    G["W1"] += 2 * lam * P["W1"]
    G["W2"] += 2 * lam * P["W2"]
    return loss, slope


def loss_and_gradients(params, x, y, lam):
    loss, slope = _value_and_slope(_pack(params), params, x, y, lam)
    return loss, _unpack(slope, params)


def predict(params, x):
    h = x @ params["W1"] + params["b1"]
    np.maximum(h, 0, out=h)
    return np.argmax(h @ params["W2"] + params["b2"], axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    theta = _pack(params)
    v = np.zeros_like(theta)
    best = np.empty_like(theta)
    records = np.full((3, epochs), np.inf)
    done = 0
    for e in range(epochs):
        perm = rng.permutation(len(x))
        losses = []
        for b in np.array_split(perm, np.arange(batch_size, len(x), batch_size)):
            mask = None
            if p > 0:
                mask = np.zeros((len(b), params["b1"].size))
                survivors = rng.random(mask.shape) >= p
                mask[survivors] = 1 / (1 - p) if p < 1 else 0.0
            loss, slope = _value_and_slope(theta, params, x[b], y[b], lam, mask)
            losses.append(loss)
            v *= rho
            v += slope
            theta -= lr * decay ** e * v
        now = _unpack(theta, params)
        records[:, e] = np.mean(losses), _value_and_slope(theta, params, x_val, y_val, lam)[0], \
            np.mean(predict(now, x_val) == y_val)
        done = e + 1
        champion = int(np.argmin(records[1]))
        if champion == e:
            best[:] = theta
        if patience is not None and e - champion >= patience:
            break
    train_loss, val_loss, val_accuracy = records[:, :done].tolist()
    return _unpack(best, params), dict(train_loss=train_loss, val_loss=val_loss, val_accuracy=val_accuracy)


def distinct_units(W1):
    close = np.isclose(W1[:, :, None], W1[:, None, :], rtol=0, atol=1e-9).all(axis=0)
    return int(np.sum(~np.triu(close, 1).any(axis=0)))
