"""No loop over epochs, batches or columns: functions that call themselves."""
import numpy as np


def loss_and_gradients(params, x, y, lam):
    return _with_mask(params, x, y, lam, np.ones_like(params["b1"]))


def _with_mask(params, x, y, lam, mask):
    z1 = x @ params["W1"] + params["b1"]
    a1 = np.clip(z1, 0, None) * mask
    scores = a1 @ params["W2"] + params["b2"]
    loss, dscores = _margins(scores, y, scores.shape[1] - 1)
    dz1 = dscores @ params["W2"].T * mask * (z1 > 0)
    return loss + lam * (_square_sum(params["W1"]) + _square_sum(params["W2"])), {
        "W1": x.T @ dz1 + lam * (params["W1"] + params["W1"]),
        "b1": np.sum(dz1, axis=0),
        "W2": a1.T @ dscores + lam * (params["W2"] + params["W2"]),
        "b2": np.sum(dscores, axis=0),
    }


def _square_sum(W):
    """Pairwise summation over halves."""
    W = np.ravel(W)
    if W.size <= 4:
        return float((W * W).sum())
    return _square_sum(W[: W.size // 2]) + _square_sum(W[W.size // 2:])


def _margins(s, y, c):
    """Hinge loss and gradient of the rivals 0 … c."""
    if c < 0:
        return 0.0, np.zeros_like(s)
    loss, ds = _margins(s, y, c - 1)
    n = len(y)
    m = (s[:, c] - s[np.arange(n), y] + 1) * (y != c)
    on = (m > 0) / n
    ds[:, c] += on
    ds[np.arange(n), y] -= on
    return loss + np.dot(m, on), ds


def predict(params, x):
    s = np.clip(x @ params["W1"] + params["b1"], 0, None) @ params["W2"] + params["b2"]

    def winner(a, b):
        # of the classes a … b - 1
        if b - a == 1:
            return np.full(len(s), a)
        left, right = winner(a, (a + b) // 2), winner((a + b) // 2, b)
        i = np.arange(len(s))
        return np.where(s[i, right] > s[i, left], right, left)

    return winner(0, s.shape[1])


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}

    def one_batch(theta, v, order, rate, losses):
        if len(order) == 0:
            return theta, v
        b = order[:batch_size]
        mask = rng.uniform(0, 1, (len(b), len(theta["b1"]))) >= p
        mask = mask / (1 - p) if p < 1 else mask * 0.0
        loss, g = _with_mask(theta, x[b], y[b], lam, mask)
        losses.append(loss)
        v = {k: rho * v[k] + g[k] for k in g}
        return one_batch({k: theta[k] - rate * v[k] for k in g}, v, order[batch_size:], rate, losses)

    def one_epoch(theta, v, rate, best, lowest, bad):
        losses = []
        # deep recursion is cut into pieces of a hundred batches
        order = rng.permutation(len(x))
        for start in range(0, len(order), 100 * batch_size):
            theta, v = one_batch(theta, v, order[start:start + 100 * batch_size], rate, losses)
        val = loss_and_gradients(theta, x_val, y_val, lam)[0]
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(val)
        history["val_accuracy"].append(np.mean(np.equal(predict(theta, x_val), y_val)))
        if best is None or val < lowest:
            best, lowest, bad = theta, val, -1
        return theta, v, rate * decay, best, lowest, bad + 1

    def many_epochs(state, n):
        """The first half, then the second half, unless patience is over."""
        if n == 0 or (patience is not None and state[-1] >= patience):
            return state
        if n == 1:
            return one_epoch(*state)
        return many_epochs(many_epochs(state, n // 2), n - n // 2)

    start = {k: np.array(w) for k, w in params.items()}
    end = many_epochs((start, {k: 0 * w for k, w in start.items()}, lr, None, np.inf, 0), epochs)
    return end[3], history


def distinct_units(W1):
    return len(_different(list(W1.T)))


def _different(units):
    if len(units) < 2:
        return units
    left, right = _different(units[: len(units) // 2]), _different(units[len(units) // 2:])
    return left + [u for u in right if all(np.abs(u - w).max() > 1e-9 for w in left)]
