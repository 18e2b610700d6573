"""One-sided."""


def numerical_gradient(f, x, h=1e-5):
    fx, g = f(x), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        p = x.copy()
        p[i] += h
        g[i] = (f(p) - fx) / h
    return g
