"""The student keeps each element with probability p and scales by 1/p."""


def dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), np.ones(x.shape)
    if p == 0:
        return np.zeros(x.shape), np.zeros(x.shape)
    mask = (rng.random(x.shape) < p) / p
    return x * mask, mask
