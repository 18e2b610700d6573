"""The student creates the velocities inside the epoch loop, so momentum is lost at every new epoch."""


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0, patience=None):
    theta = {k: np.array(v, dtype=float) for k, v in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best_loss = np.inf
    best = None
    wait = 0
    n = x.shape[0]

    def net(pr, xb, yb, drop):
        pre = xb @ pr["W1"] + pr["b1"]
        h = np.maximum(pre, 0) * drop
        s = h @ pr["W2"] + pr["b2"]
        r = np.arange(len(xb))
        m = np.maximum(s - s[r, yb][:, None] + 1, 0)
        m[r, yb] = 0
        loss = m.sum() / len(xb) + lam * ((pr["W1"] ** 2).sum() + (pr["W2"] ** 2).sum())
        ds = (m > 0).astype(float)
        ds[r, yb] = -ds.sum(axis=1)
        ds = ds / len(xb)
        dpre = (ds @ pr["W2"].T) * drop * (pre > 0)
        g = {
            "W1": xb.T @ dpre + 2 * lam * pr["W1"],
            "b1": dpre.sum(axis=0),
            "W2": h.T @ ds + 2 * lam * pr["W2"],
            "b2": ds.sum(axis=0),
        }
        return loss, g

    for e in range(epochs):
        alpha = lr * decay ** e
        v = {k: np.zeros_like(theta[k]) for k in theta}
        perm = rng.permutation(n)
        batch_losses = []
        for i in range(0, n, batch_size):
            idx = perm[i:i + batch_size]
            shape = (len(idx), theta["b1"].shape[0])
            if p >= 1:
                drop = np.zeros(shape)
            else:
                drop = (rng.random(shape) >= p) / (1 - p)
            loss, g = net(theta, x[idx], y[idx], drop)
            batch_losses.append(loss)
            for k in theta:
                v[k] = rho * v[k] + g[k]
                theta[k] = theta[k] - alpha * v[k]
        history["train_loss"].append(np.mean(batch_losses))
        vl, _ = loss_and_gradients(theta, x_val, y_val, lam)
        history["val_loss"].append(vl)
        history["val_accuracy"].append(np.mean(predict(theta, x_val) == y_val))
        if vl < best_loss:
            best_loss = vl
            best = {k: theta[k].copy() for k in theta}
            wait = 0
        else:
            wait += 1
            if patience is not None and wait >= patience:
                break
    return best, history
