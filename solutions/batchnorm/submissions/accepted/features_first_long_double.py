"""Works on the transposed batch (features first) in long double; the results are transposed views of that type."""
import numpy as np

LD = np.longdouble


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    X = np.asarray(x, dtype=LD).T                      # (D, N)
    g = gamma.astype(LD)[:, np.newaxis]
    b = beta.astype(LD)[:, np.newaxis]
    m, v = (running[k].astype(LD)[:, np.newaxis] for k in ("mean", "var"))
    alpha = LD(momentum)
    N = X.shape[1]
    if training:
        if N < 2:
            raise ValueError("N is " + str(N))
        mu = X.mean(axis=1, keepdims=True)
        S = ((X - mu) ** 2).sum(axis=1, keepdims=True)
        m, v = (1 - alpha) * m + alpha * mu, (1 - alpha) * v + alpha * S / (N - 1)
        sd = np.sqrt(S / N + LD(eps))
        Xh = (X - mu) / sd
    else:
        sd = np.sqrt(v + LD(eps))
        Xh = (X - m) / sd
    Y = g * Xh + b
    return Y.T, (Xh, g / sd, N if training else 0), {"mean": m[:, 0], "var": v[:, 0]}


def batchnorm_backward(dy, cache):
    Xh, k, N = cache
    G = dy.T.astype(LD)
    dg = (G * Xh).sum(axis=1, keepdims=True)
    db = G.sum(axis=1, keepdims=True)
    dX = k * G
    if N:
        dX = dX - k / N * (db + Xh * dg)
    return dX.T, dg.ravel(), db.ravel()


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var.astype(LD) + LD(eps)), mean.astype(LD)
