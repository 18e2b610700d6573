"""Where the gradient passes is read off the gradient, not off the preactivation."""

def loss_and_gradients(params, x, y, lam):
    n, rows = len(x), np.arange(len(x))
    z = x @ params["W1"] + params["b1"]
    h = np.maximum(z, 0)
    s = h @ params["W2"] + params["b2"]
    margins = np.maximum(s - s[rows, y][:, None] + 1, 0)
    margins[rows, y] = 0
    loss = margins.sum() / n + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    ds = (margins > 0).astype(float)
    ds[rows, y] = -ds.sum(axis=1)
    ds /= n
    dh = ds @ params["W2"].T
    dz = dh * (dh > 0)
    grads = {
        "W1": x.T @ dz + 2 * lam * params["W1"],
        "b1": dz.sum(axis=0),
        "W2": h.T @ ds + 2 * lam * params["W2"],
        "b2": ds.sum(axis=0),
    }
    return loss, grads
