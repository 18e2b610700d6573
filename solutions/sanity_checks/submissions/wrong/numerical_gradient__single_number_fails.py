"""Loops over range(len(x))."""


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in range(len(x)):
        for j in np.ndindex(x.shape[1:]):
            e = np.zeros(x.shape)
            e[(i, *j)] = h
            g[(i, *j)] = (f(x + e) - f(x - e)) / (2 * h)
    return g
