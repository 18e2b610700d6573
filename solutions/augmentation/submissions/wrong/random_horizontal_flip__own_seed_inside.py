"""Makes a generator with a fixed seed and never touches rng."""
import numpy as np


def random_horizontal_flip(images, p, rng=None):
    rng = np.random.default_rng(42)
    flip = rng.random(len(images)) < p
    return np.where(flip[:, None, None, None], images[:, :, ::-1], images)
