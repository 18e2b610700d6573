"""The second half of the images gets noise from a generator with a seed of its own."""

def add_noise(images, std, rng):
    half = len(images) // 2
    noise = rng.standard_normal(images.shape)
    noise[half:] = np.random.default_rng(5).standard_normal(noise[half:].shape)
    return images + std * noise
