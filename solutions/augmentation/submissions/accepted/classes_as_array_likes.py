"""The functions are classes: calling one makes an ndarray subclass that carries its decision along."""
import numpy as np


class random_horizontal_flip(np.ndarray):
    def __new__(cls, images, p, rng):
        self = np.array(images).view(cls)
        self.flipped = np.flatnonzero(rng.random(images.shape[0]) < p)
        for i in self.flipped:
            self[i] = self[i, :, ::-1].copy()
        return self


class random_crop(np.ndarray):
    def __new__(cls, images, padding, rng):
        n, h, w, c = images.shape
        self = np.zeros(images.shape).view(cls)
        self.offsets = rng.integers(0, 2 * padding + 1, size=(n, 2))
        for k in range(n):
            dy, dx = (int(o) - padding for o in self.offsets[k])
            # the overlap of the window with the image, in coordinates of the image
            y0, y1 = max(dy, 0), min(h + dy, h)
            x0, x1 = max(dx, 0), min(w + dx, w)
            if y0 < y1 and x0 < x1:
                self[k, y0 - dy:y1 - dy, x0 - dx:x1 - dx] = images[k, y0:y1, x0:x1]
        return self


class add_noise(np.ndarray):
    def __new__(cls, images, std, rng):
        self = rng.standard_normal(images.shape).view(cls)
        self *= std
        self += images
        return self


class cutout(np.ndarray):
    def __new__(cls, images, size, rng):
        self = np.array(images).view(cls)
        _, h, w, _ = images.shape
        self.corners = []
        for image in self:
            y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
            image[y:y + size, x:x + size] = 0
            self.corners.append((y, x))
        return self
