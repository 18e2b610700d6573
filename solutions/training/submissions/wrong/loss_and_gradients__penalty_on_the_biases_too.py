"""The student adds the L2 penalty and its gradient for every parameter, biases included."""


def loss_and_gradients(params, x, y, lam):
    N = len(x)
    pre = x @ params["W1"] + params["b1"]
    h = np.maximum(0, pre)
    s = h @ params["W2"] + params["b2"]

    correct = s[np.arange(N), y].reshape(-1, 1)
    m = np.maximum(0, s - correct + 1)
    m[np.arange(N), y] = 0
    loss = m.sum() / N

    ds = (m > 0) * 1.0
    ds[np.arange(N), y] -= ds.sum(axis=1)
    ds /= N
    dpre = (ds @ params["W2"].T) * (pre > 0)
    grads = {"W1": x.T @ dpre, "b1": dpre.sum(axis=0), "W2": h.T @ ds, "b2": ds.sum(axis=0)}
    for key in params:
        loss += lam * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * lam * params[key]
    return loss, grads
