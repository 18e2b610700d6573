"""np.flip does not work in place and its result is dropped."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for image in out:
        if rng.random() < p:
            np.flip(image, axis=1)
    return out
