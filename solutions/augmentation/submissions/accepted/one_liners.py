"""Lambdas of one line each."""
import numpy as np

random_horizontal_flip = lambda images, p, rng: np.stack([x[:, ::1 - 2 * (rng.random() < p)] for x in images])
random_crop = lambda images, padding, rng: np.stack([np.pad(x, ((padding,) * 2, (padding,) * 2, (0, 0)))[a:a + x.shape[0], b:b + x.shape[1]] for x, (a, b) in zip(images, rng.integers(2 * padding + 1, size=(len(images), 2)))])
add_noise = lambda images, std, rng: rng.normal(images, std)
cutout = lambda images, size, rng: np.stack([x * (1 - ((np.arange(x.shape[0]) - a) // max(size, 1) == 0)[:, None, None] * ((np.arange(x.shape[1]) - b) // max(size, 1) == 0)[None, :, None] * (size > 0)) for x, a, b in ((x, rng.integers(x.shape[0] - size + 1), rng.integers(x.shape[1] - size + 1)) for x in images)])
