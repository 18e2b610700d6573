"""The student draws one noise value a pixel and adds it to all channels."""


def add_noise(images, std, rng):
    n, h, w, c = images.shape
    noise = rng.normal(0.0, std, size=(n, h, w, 1))
    return images + noise
