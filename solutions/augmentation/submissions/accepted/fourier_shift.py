"""Crops through the Fourier transform: a shift is a convolution with a delta peak."""
import numpy as np


def _convolve(image, peak):
    f = np.fft.fft2(image, axes=(0, 1)) * np.fft.fft2(peak)[:, :, None]
    return np.fft.ifft2(f, axes=(0, 1)).real


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    w = images.shape[2]
    for i in range(len(images)):
        if not rng.random() >= p:
            # twice the forward transform reverses the axis, up to a shift by one
            twice = np.fft.fft(np.fft.fft(images[i], axis=1), axis=1).real / w
            out[i] = np.roll(twice, -1, axis=1)
    return out


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    big[:, padding:padding + h, padding:padding + w] = images
    out = []
    for image in big:
        peak = np.zeros(image.shape[:2])
        i, j = rng.integers(0, 2 * padding + 1, size=2)
        peak[-i, -j] = 1
        out.append(_convolve(image, peak)[:h, :w])
    return np.array(out)


def add_noise(images, std, rng):
    # an orthonormal transform of white noise is white noise
    white = rng.normal(0, std, images.size)
    z = np.fft.fft(white, norm="ortho")
    return images + (z.real + z.imag).reshape(images.shape)


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for image in out:
        corner = np.zeros((h - size + 1, w - size + 1))
        corner.flat[rng.integers(corner.size)] = 1
        i, j = np.unravel_index(np.argmax(corner), corner.shape)
        image[i:i + size, j:j + size] = 0
    return out
