"""Scales the longest column alone."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    out, n = np.array(W), np.linalg.norm(W, axis=0)
    j = np.argmax(n)
    if n[j] > c:
        out[:, j] *= c / n[j]
    return out
