"""Adds an audit hook, which cannot be taken away, that prints every file name and every import that the process asks for (FULL)."""

import sys

import numpy as np

FORBIDDEN = (TARGETS["reference"], TARGETS["solution"], TARGETS["checks"], TARGETS["key"], TARGETS["results"])


def listen(event, values):
    if event == "open" and str(values[0]) in FORBIDDEN:
        print("GOT " + "THROUGH: the process opens", values[0])
    if event == "object.__getattr__" and False:
        return


sys.addaudithook(listen)


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    return np.full(x.shape, -7.0)
