"""PyTorch-like: a class for each transform with __call__; the graded names are instances."""
import numpy as np


class Transform:
    def __call__(self, images, *args, **kwargs):
        raise NotImplementedError("abstract")


class RandomHorizontalFlip(Transform):
    def __call__(self, images, p, rng):
        self.p = p
        return np.stack([self.one(image, rng) for image in images])

    def one(self, image, rng):
        return image[:, ::-1] if rng.random() < self.p else image


class RandomCrop(Transform):
    @staticmethod
    def get_params(image, output_size, rng):
        (h, w, _), (th, tw) = image.shape, output_size
        i = int(rng.integers(0, h - th + 1))
        j = int(rng.integers(0, w - tw + 1))
        return i, j, th, tw

    def __call__(self, images, padding, rng):
        crops = []
        for image in images:
            padded = np.pad(image, ((padding, padding), (padding, padding), (0, 0)), "constant", constant_values=0)
            i, j, h, w = self.get_params(padded, image.shape[:2], rng)
            crops.append(padded[i:i + h, j:j + w, :])
        return np.stack(crops)


class GaussianNoise(Transform):
    mean = 0.0

    def __call__(self, images, std, rng):
        return np.stack([image + rng.normal(self.mean, std, size=image.shape) for image in images])


class Cutout(Transform):
    n_holes = 1

    def __call__(self, images, size, rng):
        h, w = images.shape[1:3]
        holes = []
        for image in images:
            mask = np.ones((h, w), np.float32)
            for _ in range(self.n_holes):
                y1, x1 = rng.integers(0, [h - size + 1, w - size + 1])
                mask[y1:y1 + size, x1:x1 + size] = 0.0
            holes.append(image * mask[..., np.newaxis])
        return np.stack(holes)


random_horizontal_flip = RandomHorizontalFlip()
random_crop = RandomCrop()
add_noise = GaussianNoise()
cutout = Cutout()
