"""The rows come from a generator with a seed of its own."""

def cutout(images, size, rng):
    n, height, width, _ = images.shape
    result = images.copy()
    tops = np.random.default_rng(3).integers(height - size + 1, size=n)
    lefts = rng.integers(width - size + 1, size=n)
    for image, top, left in zip(result, tops, lefts):
        image[top : top + size, left : left + size] = 0
    return result
