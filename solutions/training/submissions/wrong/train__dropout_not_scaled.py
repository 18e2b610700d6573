"""Survivors are not scaled by 1 / (1 - p)."""

def _forward_backward(params, x, y, lam, mask):
    n, rows = len(x), np.arange(len(x))
    z = x @ params["W1"] + params["b1"]
    h = np.maximum(z, 0) * mask
    s = h @ params["W2"] + params["b2"]
    margins = np.maximum(s - s[rows, y][:, None] + 1, 0)
    margins[rows, y] = 0
    loss = margins.sum() / n + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    ds = (margins > 0) / n
    ds[rows, y] = -ds.sum(axis=1)
    dz = (ds @ params["W2"].T) * mask * (z > 0)
    grads = {"W1": x.T @ dz + 2 * lam * params["W1"], "b1": dz.sum(axis=0),
             "W2": h.T @ ds + 2 * lam * params["W2"], "b2": ds.sum(axis=0)}
    return loss, grads


def _dropout_mask(n, units, p, rng):
    if p == 1:
        return np.zeros((n, units))
    return 1.0 * (rng.random((n, units)) >= p)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    params = {k: v.copy() for k, v in params.items()}
    velocity = {k: np.zeros_like(v) for k, v in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, wait = None, np.inf, 0
    for epoch in range(epochs):
        rate = lr * decay ** epoch
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x), batch_size):
            batch = order[start:start + batch_size]
            mask = _dropout_mask(len(batch), len(params["b1"]), p, rng)
            loss, grads = _forward_backward(params, x[batch], y[batch], lam, mask)
            losses.append(loss)
            for k in params:
                velocity[k] = rho * velocity[k] + grads[k]
                params[k] = params[k] - rate * velocity[k]
        val_loss, _ = loss_and_gradients(params, x_val, y_val, lam)
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(np.mean(predict(params, x_val) == y_val))
        if val_loss < best_loss:
            best, best_loss, wait = {k: v.copy() for k, v in params.items()}, val_loss, 0
        else:
            wait += 1
            if patience is not None and wait >= patience:
                break
    return best, history
