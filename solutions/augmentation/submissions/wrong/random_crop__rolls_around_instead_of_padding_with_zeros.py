"""The student shifts with np.roll, so what leaves on one side comes in on the other instead of zeros."""


def random_crop(images, padding, rng):
    out = np.empty_like(images)
    for k in range(images.shape[0]):
        dy = int(rng.integers(-padding, padding + 1))
        dx = int(rng.integers(-padding, padding + 1))
        out[k] = np.roll(images[k], (dy, dx), axis=(0, 1))
    return out
