"""All randomness comes from rng.bytes: 53-bit fractions, rejection sampling and the Box-Muller formula."""
import math

import numpy as np


def _fraction(rng):
    """A multiple of 2**-53 in [0, 1)."""
    return (int.from_bytes(rng.bytes(7), "little") >> 3) / 2.0**53


def _below(n, rng):
    bits = (n - 1).bit_length()
    while True:
        k = int.from_bytes(rng.bytes(8), "big") >> (64 - bits)
        if k < n:
            return k


def random_horizontal_flip(images, p, rng):
    out = np.array(images)
    for i in range(out.shape[0]):
        if _fraction(rng) < p:
            out[i] = np.fliplr(out[i]).copy()
    return out


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    out = np.zeros(images.shape)
    for i in range(N):
        dy = _below(2 * padding + 1, rng) - padding
        dx = _below(2 * padding + 1, rng) - padding
        for y in range(max(0, -dy), min(H, H - dy)):
            for x in range(max(0, -dx), min(W, W - dx)):
                out[i, y, x] = images[i, y + dy, x + dx]
    return out


def add_noise(images, std, rng):
    n = images.size
    u = np.frombuffer(rng.bytes(8 * n), dtype="<u8") >> np.uint64(11)
    v = np.frombuffer(rng.bytes(8 * n), dtype="<u8") >> np.uint64(11)
    radius = np.sqrt(-2 * np.log((u + 1.0) / 2.0**53))
    noise = radius * np.cos(2 * math.pi * (v / 2.0**53))
    return images + std * noise.reshape(images.shape)


def cutout(images, size, rng):
    out = np.array(images)
    N, H, W, C = out.shape
    for i in range(N):
        a, b = _below(H - size + 1, rng), _below(W - size + 1, rng)
        out[i, a:a + size, b:b + size].fill(0)
    return out
