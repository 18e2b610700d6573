"""Forward returns the mask instead of x times the mask."""


# earns nothing: dropout_forward, vanilla_dropout_forward
def dropout_forward(x, p, rng, training=True):
    mask = 1.0 * (rng.random(x.shape) >= p)
    return mask, mask


def vanilla_dropout_forward(x, p, rng, training=True):
    mask = 1.0 * (rng.random(x.shape) >= p)
    return mask, mask
