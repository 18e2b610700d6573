"""Adds an audit hook that raises at everything, so that neither loading nor reporting works any more (FULL)."""

import sys

import numpy as np


def refuse(event, values):
    if event in (
        "import",
        "open",
        "compile",
        "exec",
        "object.__setattr__",
        "sys._getframe",
        "os.listdir",
        "socket.send",
    ):
        raise RuntimeError("refused: " + event)


sys.addaudithook(refuse)


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    raise ValueError("refused")
