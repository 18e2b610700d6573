"""A gradient of exactly 0 is skipped, its row stays (0, 0)."""


def preprocess_gradient(grad, p=10.0):
    out = np.zeros((len(grad), 2))
    for k, g in enumerate(grad):
        if g == 0:
            continue        # log(0) does not exist
        if abs(g) >= np.exp(-p):
            out[k, 0] = np.log(abs(g)) / p
            out[k, 1] = np.sign(g)
        else:
            out[k, 0] = -1
            out[k, 1] = np.exp(p) * g
    return out
