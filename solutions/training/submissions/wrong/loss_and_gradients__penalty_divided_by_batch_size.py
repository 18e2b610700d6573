"""The penalty stands inside the mean over the examples."""

def loss_and_gradients(params, x, y, lam):
    n, rows = len(x), np.arange(len(x))
    z = x @ params["W1"] + params["b1"]
    h = np.maximum(z, 0)
    s = h @ params["W2"] + params["b2"]
    margins = np.maximum(s - s[rows, y][:, None] + 1, 0)
    margins[rows, y] = 0
    loss = (margins.sum() + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))) / n
    ds = (margins > 0).astype(float)
    ds[rows, y] = -ds.sum(axis=1)
    ds /= n
    dz = (ds @ params["W2"].T) * (z > 0)
    grads = {
        "W1": x.T @ dz + 2 * lam / n * params["W1"],
        "b1": dz.sum(axis=0),
        "W2": h.T @ ds + 2 * lam / n * params["W2"],
        "b2": ds.sum(axis=0),
    }
    return loss, grads
