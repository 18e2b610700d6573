"""Each example goes through the net alone; dropout takes units out of the matrices."""
import numpy as np


def _example(params, row, label, units, scale):
    """Loss and gradients of one example, with only the given hidden units in the network."""
    W1, b1 = params["W1"][:, units], params["b1"][units]
    W2, b2 = params["W2"][units], params["b2"]
    z = row @ W1 + b1
    h = np.where(z > 0, z, 0) * scale
    s = h @ W2 + b2
    rivals = np.flatnonzero(s - s[label] + 1 > 0)
    rivals = rivals[rivals != label]
    loss = sum(s[r] - s[label] + 1 for r in rivals)
    ds = np.zeros(len(s))
    ds[rivals] = 1
    ds[label] = -len(rivals)
    dz = np.where(z > 0, W2 @ ds, 0) * scale
    g = {k: np.zeros_like(w) for k, w in params.items()}
    g["W1"][:, units] = np.outer(row, dz)
    g["b1"][units] = dz
    g["W2"][units] = np.outer(h, ds)
    g["b2"] += ds
    return loss, g


def _average(params, x, y, lam, choose):
    loss, total = 0.0, {k: np.zeros_like(w) for k, w in params.items()}
    for row, label in zip(x, y):
        one, g = _example(params, row, label, *choose())
        loss += one / len(x)
        for k in total:
            total[k] += g[k] / len(x)
    for k in ("W1", "W2"):
        loss += lam * (params[k] ** 2).sum()
        total[k] += 2 * lam * params[k]
    return loss, total


def loss_and_gradients(params, x, y, lam):
    everything = np.arange(len(params["b1"]))
    return _average(params, x, y, lam, lambda: (everything, 1.0))


def predict(params, x):
    classes = []
    for row in x:
        h = row @ params["W1"] + params["b1"]
        classes.append(int(np.argmax(h * (h > 0) @ params["W2"] + params["b2"])))
    return classes


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    H = len(params["b1"])

    def choose():
        if p == 0:
            return np.arange(H), 1.0
        # how many survive is binomial, which ones is then a draw without putting back
        k = rng.binomial(H, 1 - p)
        return rng.choice(H, size=k, replace=False), (1 / (1 - p) if p < 1 else 0.0)

    params = {k: w.copy() for k, w in params.items()}
    v = {k: np.zeros_like(w) for k, w in params.items()}
    train_loss, val_loss, val_accuracy = [], [], []
    best, best_epoch = None, 0
    for epoch in range(epochs):
        waiting = list(rng.permutation(len(x)))
        losses = []
        while waiting:
            batch = [waiting.pop() for _ in range(min(batch_size, len(waiting)))]
            loss, g = _average(params, x[batch], y[batch], lam, choose)
            losses.append(loss)
            for k in params:
                v[k] = rho * v[k] + g[k]
                params[k] = params[k] - lr * decay ** epoch * v[k]
        train_loss.append(np.mean(losses))
        val_loss.append(loss_and_gradients(params, x_val, y_val, lam)[0])
        val_accuracy.append(np.mean([a == b for a, b in zip(predict(params, x_val), y_val)]))
        if best is None or val_loss[epoch] < val_loss[best_epoch]:
            best, best_epoch = {k: w.copy() for k, w in params.items()}, epoch
        if patience is not None and epoch - best_epoch == patience:
            break
    return best, {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


def distinct_units(W1):
    units = [W1[:, 0]]
    for j in range(1, W1.shape[1]):
        if np.min([np.abs(W1[:, j] - u).max() for u in units]) > 1e-9:
            units.append(W1[:, j])
    return len(units)
