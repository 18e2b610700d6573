"""Offsets and noise live in the complex plane; results are the real parts of complex arrays."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    # the image in the real part, its mirror image in the imaginary part: turning by 90 degrees swaps them
    z = images + 1j * images[:, :, ::-1]
    turn = np.where(rng.random(len(images)) < p, -1j, 1)
    return (z * turn[:, None, None, None]).real


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    k = 2 * padding + 1
    offset = np.floor(k * rng.random(n)) + 1j * np.floor(k * rng.random(n))
    sheet = np.pad(images.astype(complex), ((0, 0), (padding,) * 2, (padding,) * 2, (0, 0)))
    out = np.zeros(images.shape, complex)
    for i, o in enumerate(offset):
        out[i] = sheet[i, int(o.real):int(o.real) + h, int(o.imag):int(o.imag) + w]
    return out.real


def add_noise(images, std, rng):
    # a complex Gaussian: exponential squared modulus, uniform angle
    modulus = np.sqrt(2 * rng.exponential(1.0, images.shape))
    angle = 2 * np.pi * rng.random(images.shape)
    return (images + std * modulus * np.exp(1j * angle)).real


def cutout(images, size, rng):
    n, h, w, c = images.shape
    grid = np.arange(h)[:, None] + 1j * np.arange(w)
    out = images.astype(complex)
    for i in range(n):
        z = grid - complex(rng.integers(h - size + 1), rng.integers(w - size + 1))
        out[i][(z.real >= 0) & (z.real < size) & (z.imag >= 0) & (z.imag < size)] = 0
    return out.real
