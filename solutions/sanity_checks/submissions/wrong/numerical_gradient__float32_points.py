"""The points are rounded to single precision."""


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f((x + e).astype(np.float32)) - f((x - e).astype(np.float32))) / (2 * h)
    return g
