"""Everything in float32, like on a graphics card; the results are float32 too."""
import numpy as np

f32 = np.float32


def _single(params):
    return {k: np.asarray(v, dtype=f32) for k, v in params.items()}


def _batch(P, x, y, lam, mask):
    n = f32(len(y))
    z = x @ P["W1"] + P["b1"]
    on = (z > 0).astype(f32) * mask
    h = z * on
    s = h @ P["W2"] + P["b2"]
    m = s - np.take_along_axis(s, y[:, None], axis=1) + f32(1)
    np.put_along_axis(m, y[:, None], f32(0), axis=1)
    active = (m > 0).astype(f32)
    loss = (m * active).sum(dtype=f32) / n + f32(lam) * (np.square(P["W1"]).sum() + np.square(P["W2"]).sum())
    ds = active / n
    np.put_along_axis(ds, y[:, None], -ds.sum(axis=1, keepdims=True), axis=1)
    da = (ds @ P["W2"].T) * on
    two = f32(2 * lam)
    return loss, {"W1": x.T @ da + two * P["W1"], "b1": da.sum(0), "W2": h.T @ ds + two * P["W2"], "b2": ds.sum(0)}


def loss_and_gradients(params, x, y, lam):
    P = _single(params)
    return _batch(P, x.astype(f32), y, lam, np.ones((len(x), len(P["b1"])), f32))


def predict(params, x):
    P = _single(params)
    return (np.maximum(x.astype(f32) @ P["W1"] + P["b1"], f32(0)) @ P["W2"] + P["b2"]).argmax(1).astype(np.int32)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    P = _single(params)
    V = {k: np.zeros_like(w) for k, w in P.items()}
    x = x.astype(f32)
    train_loss, val_loss, val_accuracy = [], [], []
    best, since = P, 0
    for epoch in range(epochs):
        step = f32(lr * decay ** epoch)
        order = rng.permutation(len(y))
        total, count = f32(0), 0
        for k in range(0, len(y), batch_size):
            idx = order[k:k + batch_size]
            mask = (rng.random((len(idx), len(P["b1"])), dtype=f32) >= f32(p)).astype(f32)
            if p < 1:
                mask *= f32(1 / (1 - p))
            loss, g = _batch(P, x[idx], y[idx], lam, mask)
            total, count = total + loss, count + 1
            V = {name: f32(rho) * V[name] + g[name] for name in V}
            P = {name: P[name] - step * V[name] for name in P}
        train_loss.append(total / f32(count))
        val_loss.append(loss_and_gradients(P, x_val, y_val, lam)[0])
        val_accuracy.append((predict(P, x_val) == y_val).mean(dtype=f32))
        if epoch == 0 or val_loss[-1] < lowest:
            best, lowest, since = P, val_loss[-1], 0
        else:
            since += 1
            if since == patience:
                break
    return best, {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


def distinct_units(W1):
    # here double precision is needed: 1e-9 is less than float32 can see
    left = list(range(W1.shape[1]))
    n = 0
    while left:
        first = W1[:, left[0]]
        left = [j for j in left if np.abs(W1[:, j] - first).max() > 1e-9]
        n += 1
    return np.float32(n)
