"""Old tutorial code on the legacy RandomState, which gets its seed from rng."""
import numpy as np


def get_state(rng):
    return np.random.RandomState(rng.integers(0, 2**32, size=8, dtype=np.uint32))


def random_horizontal_flip(images, p, rng):
    rs = get_state(rng)
    X = np.copy(images)
    idx = np.nonzero(rs.rand(X.shape[0]) < p)[0]
    X[idx] = X[idx, :, ::-1, :]
    return X


def random_crop(images, padding, rng):
    rs = get_state(rng)
    npad = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    Xp = np.pad(images, npad, "constant")
    X = np.zeros(images.shape)
    for k in range(X.shape[0]):
        nh = rs.randint(0, 2 * padding + 1)
        nw = rs.randint(0, 2 * padding + 1)
        X[k] = Xp[k][nh:nh + X.shape[1], nw:nw + X.shape[2]]
    return X


def add_noise(images, std, rng):
    rs = get_state(rng)
    return images + std * rs.randn(*images.shape)


def cutout(images, size, rng):
    rs = get_state(rng)
    X = np.copy(images)
    for k in range(X.shape[0]):
        i = rs.randint(X.shape[1] - size + 1)
        j = rs.randint(X.shape[2] - size + 1)
        X[k, i:i + size, j:j + size, :] = 0.
    return X
