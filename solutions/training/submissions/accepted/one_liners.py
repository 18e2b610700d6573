"""As short as it gets; the margin of the right class is summed along and taken off again."""
import numpy as np

_relu = lambda a: a * (a > 0)  # noqa: E731
_h = lambda P, x, m=1.0: _relu(x @ P["W1"] + P["b1"]) * m  # noqa: E731
_s = lambda P, h: h @ P["W2"] + P["b2"]  # noqa: E731
_m = lambda s, y: np.maximum(s - s[np.arange(len(y)), y][:, None] + 1, 0)  # noqa: E731
_r = lambda P: sum(np.vdot(P[k], P[k]) for k in ("W1", "W2"))  # noqa: E731
_d = lambda s, y: (_m(s, y) > 0) - np.eye(s.shape[1])[y] * (_m(s, y) > 0).sum(1, keepdims=True)  # noqa: E731
_loss = lambda P, x, y, lam, m=1.0: _m(_s(P, _h(P, x, m)), y).sum() / len(y) - 1 + lam * _r(P)  # noqa: E731


def _grads(P, x, y, lam, m=1.0):
    h = _h(P, x, m)
    ds = _d(_s(P, h), y) / len(y)
    da = ds @ P["W2"].T * (h > 0) * m      # a dropped unit has h = 0 as well
    return dict(W1=x.T @ da + 2 * lam * P["W1"], b1=da.sum(0), W2=h.T @ ds + 2 * lam * P["W2"], b2=ds.sum(0))


loss_and_gradients = lambda params, x, y, lam: (_loss(params, x, y, lam), _grads(params, x, y, lam))  # noqa: E731
predict = lambda params, x: _s(params, _h(params, x)).argmax(1)  # noqa: E731
distinct_units = lambda W1: len({tuple(r) for r in np.abs(W1[:, :, None] - W1[:, None]).max(0) < 1e-9})  # noqa: E731


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    P, V, best = dict(params), dict.fromkeys(params, 0.0), {}
    h = {k: [] for k in ("train_loss", "val_loss", "val_accuracy")}
    for e in range(epochs):
        q, ls = rng.permutation(len(x)), []
        for b in (q[i:i + batch_size] for i in range(0, len(q), batch_size)):
            m = (rng.uniform(size=(len(b), len(P["b1"]))) < 1 - p) / (1 - p or 1)
            ls += [_loss(P, x[b], y[b], lam, m)]
            G = _grads(P, x[b], y[b], lam, m)
            V = {k: rho * V[k] + G[k] for k in P}
            P = {k: P[k] - lr * decay ** e * V[k] for k in P}
        for k, v in zip(h, (np.mean(ls), _loss(P, x_val, y_val, lam), np.mean(predict(P, x_val) == y_val))):
            h[k] += [v]
        best = {e: P} if e == 0 or h["val_loss"][e] < min(h["val_loss"][:-1]) else best
        if patience and e - min(best) >= patience:
            break
    return next(iter(best.values())), h
