"""All four return noise of the right shape that has nothing to do with the images, but with the generator."""

# earns nothing: random_horizontal_flip, random_crop, add_noise, cutout


def random_horizontal_flip(images, p, rng):
    return rng.random(images.shape)


random_crop = add_noise = cutout = random_horizontal_flip
