"""Compares 32 raw random bits per element with p * 2**32; masks are packed to single bits in the cache."""
import numpy as np


def keep_mask(count, p, rng):
    words = np.frombuffer(rng.bytes(4 * count), dtype="<u4")
    # 0 drops nothing, 2**32 drops everything
    threshold = round(p * 2 ** 32)
    return words.astype(np.int64) >= threshold


def keep_mask_integers(count, p, rng):
    return rng.integers(0, 1 << 53, size=count) >= p * (1 << 53)


def unpack(bits, shape):
    count = int(np.prod(shape, dtype=int))
    return np.unpackbits(bits, count=count).astype(bool).reshape(shape)


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p has to be in the closed interval from 0 to 1")
    if not training:
        return np.array(x, copy=True), (None, 1)
    bits = np.packbits(keep_mask(x.size, p, rng))
    y = np.where(unpack(bits, x.shape), x, 0)
    return y / (1 - p) if p != 1 else y, (bits, p)


def dropout_backward(dy, cache):
    bits, p = cache
    if bits is None:
        return dy
    alive = unpack(bits, dy.shape)
    dx = np.where(alive, dy, 0)
    return dx if p == 1 else dx / (1 - p)


def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p has to be in the closed interval from 0 to 1")
    if training:
        bits = np.packbits(keep_mask_integers(x.size, p, rng))
        return np.where(unpack(bits, x.shape), x, 0), bits
    return x * (1 - p), float(1 - p)


def vanilla_dropout_backward(dy, cache):
    if isinstance(cache, float):
        return dy * cache
    return np.where(unpack(cache, dy.shape), dy, 0)
