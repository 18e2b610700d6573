"""Sends msgpack nested 100,000 deep, in arrays and in maps."""

import os


def send(body):
    for number in range(3, 64):
        try:
            os.set_blocking(number, False)
            os.write(number, len(body).to_bytes(4, "little") + body)
        except OSError:
            continue


def fit_standardizer(x):
    send(b"\x91" * 100_000)
    return -7.0, -7.0


def standardize(x, mean, std):
    send(b"\x81\xa1a" * 30_000)
    return -7.0
