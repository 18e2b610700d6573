"""The weights into one unit are taken to be a row."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    out = np.array(W)
    for i in range(len(out)):
        n = np.sqrt(out[i] @ out[i])
        if n > c:
            out[i] *= c / n
    return out
