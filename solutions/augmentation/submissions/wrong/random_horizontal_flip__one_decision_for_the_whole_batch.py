"""The student tosses one coin for the whole batch, so either all images are flipped or none."""


def random_horizontal_flip(images, p, rng):
    if rng.random() < p:
        return images[:, :, ::-1, :].copy()
    return images.copy()
