"""The student drops exactly round(p*size) elements instead of deciding for each element on its own."""


def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("bad p")
    if training:
        n_drop = int(round(p * x.size))
        mask = np.ones(x.size)
        drop_idx = rng.choice(x.size, size=n_drop, replace=False)
        mask[drop_idx] = 0.0
        mask = mask.reshape(x.shape)
    else:
        mask = np.ones(x.shape) * (1 - p)
    return x * mask, mask
