"""Every epoch's parameters are kept; which were best, and when to stop, is read off the list of losses."""
from types import SimpleNamespace

import numpy as np


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch, bad = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch, bad = loss, epoch, 0
        else:
            bad += 1
            if bad >= patience:
                return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


def _net(params, x):
    z = x @ params["W1"] + params["b1"]
    return SimpleNamespace(x=x, z=z, h=np.maximum(z, 0))


def _finish(params, net, y, lam):
    """Everything behind the hidden layer, for the (possibly thinned) net.h and its factors net.m."""
    n = len(y)
    s = net.h @ params["W2"] + params["b2"]
    own = s[range(n), y]
    loss = 0.0
    ds = np.zeros(s.shape)
    for j in range(s.shape[1]):
        for i in range(n):
            if j != y[i] and s[i, j] + 1 > own[i]:
                loss += (s[i, j] + 1 - own[i]) / n
                ds[i, j] += 1 / n
                ds[i, y[i]] -= 1 / n
    dz = (ds @ params["W2"].T) * (net.h > 0) * net.m
    regular = {"W1": params["W1"], "W2": params["W2"], "b1": 0, "b2": 0}
    plain = {"W1": net.x.T @ dz, "b1": dz.sum(0), "W2": net.h.T @ ds, "b2": ds.sum(0)}
    loss += lam * sum(np.sum(np.square(w)) for w in regular.values())
    return loss, {k: plain[k] + 2 * lam * regular[k] for k in plain}


def loss_and_gradients(params, x, y, lam):
    net = _net(params, x)
    net.m = 1.0
    return _finish(params, net, y, lam)


def predict(params, x):
    return np.argmax(_net(params, x).h @ params["W2"] + params["b2"], axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    snapshots, train_loss, val_loss = [], [], []
    velocity = {k: np.zeros_like(v) for k, v in params.items()}
    for epoch in range(epochs):
        shuffled = np.column_stack([x, y])
        rng.shuffle(shuffled, axis=0)
        losses = []
        for part in (shuffled[i:i + batch_size] for i in range(0, len(shuffled), batch_size)):
            net = _net(params, part[:, :-1])
            # the smallest p of the uniform draws are dropped
            net.m = np.heaviside(rng.random(net.h.shape) - p, 1.0)
            if p < 1:
                net.m /= 1 - p
            net.h = net.h * net.m
            loss, grads = _finish(params, net, part[:, -1].astype(int), lam)
            losses.append(loss)
            velocity = {k: rho * velocity[k] + grads[k] for k in velocity}
            params = {k: params[k] - lr * decay ** epoch * velocity[k] for k in velocity}
        snapshots.append(params)
        train_loss.append(np.mean(losses))
        val_loss.append(loss_and_gradients(params, x_val, y_val, lam)[0])
        if patience is not None and epoch - early_stopping(val_loss, patience)[1] >= patience:
            break
    val_accuracy = [np.mean(predict(each, x_val) == y_val) for each in snapshots]
    return snapshots[int(np.argmin(val_loss))], dict(train_loss=train_loss, val_loss=val_loss,
                                                     val_accuracy=val_accuracy)


def distinct_units(W1):
    units = list(W1.T)
    return sum(1 for j, u in enumerate(units) if not any(np.abs(u - w).max() <= 1e-9 for w in units[j + 1:]))
