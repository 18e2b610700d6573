"""All random numbers of the run are drawn before the first step: a table of orders and a table of masks."""
import numpy as np


def _fb(params, x, y, lam, mask):
    N = x.shape[0]
    z = x @ params["W1"] + params["b1"]
    h = mask * np.maximum(z, 0)
    s = h @ params["W2"] + params["b2"]
    sy = s[np.arange(N), y].reshape(N, 1)
    margins = np.maximum(0, s - sy + 1.0)
    margins[np.arange(N), y] = 0
    data = np.sum(margins) / N
    reg = lam * np.sum(params["W1"] ** 2) + lam * np.sum(params["W2"] ** 2)
    binary = margins
    binary[margins > 0] = 1
    binary[np.arange(N), y] = -np.sum(binary, axis=1)
    ds = binary / N
    dz = (ds @ params["W2"].T) * mask
    dz[z <= 0] = 0
    return data + reg, dict(W1=x.T @ dz + 2 * lam * params["W1"], b1=np.sum(dz, axis=0),
                            W2=h.T @ ds + 2 * lam * params["W2"], b2=np.sum(ds, axis=0))


def loss_and_gradients(params, x, y, lam):
    return _fb(params, x, y, lam, np.ones((x.shape[0], params["W1"].shape[1])))


def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return np.argmax(s, axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    N, H = len(x), params["W1"].shape[1]
    orders = rng.permuted(np.tile(np.arange(N), (epochs, 1)), axis=1)
    # exponential waiting times: an element survives if it waits longer than -log(1 - p)
    with np.errstate(divide="ignore"):
        masks = rng.standard_exponential((epochs, N, H)) >= -np.log1p(-p)
    masks = masks / (1 - p) if p < 1 else np.zeros(masks.shape)
    rates = lr * np.power(float(decay), np.arange(epochs))
    theta, v = dict(params), {k: 0 for k in params}
    history = {k: [] for k in ("train_loss", "val_loss", "val_accuracy")}
    best, best_loss, strikes = None, np.inf, 0
    for order, mask, rate in zip(orders, masks, rates):
        losses = []
        for i in range(0, N, batch_size):
            b = order[i:i + batch_size]
            loss, g = _fb(theta, x[b], y[b], lam, mask[b])
            losses.append(loss)
            v = {k: rho * v[k] + g[k] for k in g}
            theta = {k: theta[k] - rate * v[k] for k in g}
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(loss_and_gradients(theta, x_val, y_val, lam)[0])
        history["val_accuracy"].append(np.mean(predict(theta, x_val) == y_val))
        if best is None or history["val_loss"][-1] < best_loss:
            best, best_loss, strikes = theta, history["val_loss"][-1], 0
            continue
        strikes += 1
        if strikes == patience:
            break
    return best, history


def distinct_units(W1):
    # sorted by the first entry, only neighbourhoods have to be compared
    columns = W1[:, np.argsort(W1[0])].T
    count = 0
    for j, c in enumerate(columns):
        i = j - 1
        fresh = True
        while i >= 0 and c[0] - columns[i][0] <= 1e-9:
            fresh = fresh and not np.all(np.abs(c - columns[i]) <= 1e-9)
            i -= 1
        count += fresh
    return int(count)
