"""p is taken in whole thousandths."""


def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if training:
        factor = (rng.integers(1000, size=np.shape(x)) >= round(1000 * p)).astype(float)
    else:
        factor = np.full(np.shape(x), 1.0 - p)
    return x * factor, factor
