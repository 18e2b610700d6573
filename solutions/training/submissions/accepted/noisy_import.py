"""Prints and warns, changes print options and the handling of floating-point errors while it is imported."""
import sys
import warnings

import numpy as np

print("training.py, last saved at 03:12")
print("numpy", np.__version__, file=sys.stderr)
warnings.warn("this is only a draft", DeprecationWarning, stacklevel=1)
warnings.simplefilter("always")
np.set_printoptions(precision=2, suppress=True, threshold=5)
np.seterr(divide="warn", over="raise", invalid="warn")


def loss_and_gradients(params, x, y, lam):
    print("x", x.shape, "y", y)
    return lossgrad(params, x, y, lam, np.ones((len(x), len(params["b1"]))))


def lossgrad(params, x, y, lam, keep):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u = x @ W1 + b1
    r = u.copy()
    r[r < 0] = 0
    r = r * keep
    s = r @ W2 + b2
    correct = s[np.arange(len(y)), y]
    M = s - correct[:, None] + 1.0
    M[np.arange(len(y)), y] = 0.0
    M[M < 0] = 0.0
    loss = np.average(M.sum(axis=1)) + lam * np.sum(W1 ** 2) + lam * np.sum(W2 ** 2)
    B = M.copy()
    B[B > 0] = 1.0
    B[np.arange(len(y)), y] = -np.sum(B, axis=1)
    B = B / len(y)
    warnings.warn("gradients not checked numerically yet", stacklevel=2)
    dW2 = np.dot(r.T, B)
    db2 = B.sum(axis=0)
    dr = np.dot(B, W2.T)
    dr = dr * keep
    dr[u <= 0] = 0.0
    dW1 = np.dot(x.T, dr)
    db1 = dr.sum(axis=0)
    return loss, {"W1": dW1 + 2 * lam * W1, "b1": db1, "W2": dW2 + 2 * lam * W2, "b2": db2}


def predict(params, x):
    r = x @ params["W1"] + params["b1"]
    r[r < 0] = 0
    out = np.argmax(r @ params["W2"] + params["b2"], axis=1)
    print("classes:", out)
    return out


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    net = {k: np.copy(params[k]) for k in params}
    vel = {k: np.zeros(params[k].shape) for k in params}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, wait = None, None, 0
    for epoch in range(epochs):
        print(f"--- epoch {epoch + 1}/{epochs} ---")
        idx = rng.permutation(len(x))
        losses = []
        for i in range(0, len(x), batch_size):
            j = idx[i:i + batch_size]
            with np.errstate(divide="ignore", invalid="ignore"):
                keep = (rng.random((len(j), len(net["b1"]))) >= p) / np.float64(1 - p)
            keep = np.nan_to_num(keep)
            L, g = lossgrad(net, x[j], y[j], lam, keep)
            losses.append(L)
            for k in net:
                vel[k] = rho * vel[k] + g[k]
                net[k] = net[k] - lr * (decay ** epoch) * vel[k]
        history["train_loss"].append(np.mean(losses))
        L, _ = lossgrad(net, x_val, y_val, lam, 1)
        history["val_loss"].append(L)
        history["val_accuracy"].append(np.mean(predict(net, x_val) == y_val))
        print({k: v[-1] for k, v in history.items()})
        if best_loss is None or L < best_loss:
            best, best_loss, wait = {k: np.copy(net[k]) for k in net}, L, 0
            print("new best!", file=sys.stderr)
        else:
            wait = wait + 1
            warnings.warn("no improvement", RuntimeWarning, stacklevel=2)
            if patience is not None and wait >= patience:
                print("stopping early")
                break
    return best, history


def distinct_units(W1):
    print(W1)
    n = 0
    for i in range(W1.shape[1]):
        new = True
        for j in range(i):
            if np.max(np.abs(W1[:, i] - W1[:, j])) < 1e-9:
                new = False
        n += new
    return n


if __name__ == "__main__":
    print("done")
