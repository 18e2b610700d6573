"""Asks for a function that it was never given, as if the call went on, and reads what comes back."""

import os

import numpy as np

QUESTION = b"\x93\xa8question\xaacallback 0\x95\xa5array\xa7float64\x91\x01\xc4\x08" + bytes(8) + b"\xa1C"
EXPECTED = (b"there is no such function", b"this function was called more than")


def ask(times):
    for number in range(3, 64):
        try:
            os.set_blocking(number, True)
            os.write(number, len(QUESTION).to_bytes(4, "little") + QUESTION)
        except OSError:
            continue
        for other in range(3, 64):
            try:
                os.set_blocking(other, False)
                data = os.read(other, 1 << 16)
            except OSError:
                continue
            if b"answer" in data and not any(words in data for words in EXPECTED):
                print("GOT " + "THROUGH: an answer:", data[:100])
    if times:
        ask(times - 1)


def fit_standardizer(x):
    ask(20)
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    ask(500)
    return np.full(x.shape, -7.0)
