"""The probability is rounded to whole percents."""

def random_horizontal_flip(images, p, rng):
    flipped = rng.integers(100, size=len(images)) < round(100 * p)
    return np.where(flipped[:, None, None, None], images[:, :, ::-1], images)
