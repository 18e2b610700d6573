"""Returns dates, texts, structured records, half and long precision, in turn."""

import numpy as np

KINDS = [
    "M8[s]",
    "m8[D]",
    "U8",
    "S8",
    "V16",
    [("a", float), ("b", "O")],
    "g",
    "G",
    "e",
    "?",
    ">f8",
    [("x", "f8", (3, 3))],
]
STATE = []


def strange(shape):
    STATE.append(None)
    return np.empty(shape, dtype=np.dtype(KINDS[len(STATE) % len(KINDS)]))


def fit_standardizer(x):
    return strange(x.shape[1]), strange(x.shape[1])


def standardize(x, mean, std):
    return strange(x.shape)
