"""range(n - 1)."""


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros(x.size)
    for i in range(max(1, x.size - 1)):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g.reshape(x.shape)
