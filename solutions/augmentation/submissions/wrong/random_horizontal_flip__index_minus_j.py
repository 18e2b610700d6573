"""Column j comes from column -j, so the first column stays where it is."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    flip = rng.random(len(images)) < p
    out = images.copy()
    out[flip] = images[flip][:, :, -np.arange(images.shape[2])]
    return out
