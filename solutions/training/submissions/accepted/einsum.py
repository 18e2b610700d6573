"""einsum for every product and every sum."""
import numpy as np


def _pass(params, x, y, lam, mask):
    n, C = len(y), params["b2"].shape[0]
    a = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
    h = np.einsum("nh,nh,nh->nh", a, (a > 0).astype(float), mask)
    s = np.einsum("nh,hc->nc", h, params["W2"]) + params["b2"]
    onehot = np.eye(C)[y]
    own = np.einsum("nc,nc->n", s, onehot)
    margins = (s - own[:, None] + 1) * (1 - onehot)
    hit = (margins > 0).astype(float)
    loss = np.einsum("nc,nc->", margins, hit) / n
    loss += lam * (np.einsum("dh,dh->", params["W1"], params["W1"]) + np.einsum("hc,hc->", params["W2"], params["W2"]))
    ds = (hit - np.einsum("nc,nk->nk", hit, onehot)) / n
    da = np.einsum("nc,hc,nh,nh->nh", ds, params["W2"], mask, (a > 0).astype(float))
    grads = {
        "W2": np.einsum("nh,nc->hc", h, ds) + 2 * lam * params["W2"],
        "b2": np.einsum("nc->c", ds),
        "W1": np.einsum("nd,nh->dh", x, da) + 2 * lam * params["W1"],
        "b1": np.einsum("nh->h", da),
    }
    return loss, grads


def loss_and_gradients(params, x, y, lam):
    return _pass(params, x, y, lam, np.ones((x.shape[0], params["b1"].size)))


def predict(params, x):
    a = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
    return np.argmax(np.einsum("nh,nh,hc->nc", a, (a > 0) * 1.0, params["W2"]) + params["b2"], axis=-1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    theta = {k: np.array(v) for k, v in params.items()}
    v = {k: np.zeros(np.shape(w)) for k, w in params.items()}
    hist = {"val_accuracy": [], "val_loss": [], "train_loss": []}
    best, wait = None, 0
    for e in range(epochs):
        eta = lr * decay ** e
        perm = rng.permutation(len(x))
        losses = []
        for sel in np.split(perm, range(batch_size, len(perm), batch_size)):
            keep = rng.binomial(1, 1 - p, size=(len(sel), theta["b1"].size))
            mask = keep / (1 - p) if p != 1 else keep * 1.0
            loss, g = _pass(theta, x[sel], y[sel], lam, mask)
            losses.append(loss)
            for k in theta:
                v[k] = rho * v[k] + g[k]
                theta[k] = theta[k] - eta * v[k]
        hist["train_loss"].append(np.einsum("i->", losses) / len(losses))
        hist["val_loss"].append(loss_and_gradients(theta, x_val, y_val, lam)[0])
        hist["val_accuracy"].append(np.einsum("n->", (predict(theta, x_val) == y_val) * 1.0) / len(y_val))
        if best is None or hist["val_loss"][-1] < min(hist["val_loss"][:-1]):
            best, wait = theta.copy(), 0
        else:
            wait += 1
        if patience is not None and wait >= patience:
            break
    return best, hist


def distinct_units(W1):
    gap = np.abs(W1[:, :, None] - W1[:, None, :]) > 1e-9
    same = np.einsum("dij->ij", gap.astype(int)) == 0
    # a unit counts if no earlier one is the same
    return int(np.einsum("i->", (np.einsum("ij->i", np.tril(same, -1).astype(int)) == 0).astype(int)))
