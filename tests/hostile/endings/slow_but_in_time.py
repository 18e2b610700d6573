"""Takes just less time than is allowed in every call, to make grading as long as it can be."""

import time

import numpy as np


def fit_standardizer(x):
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    time.sleep(0.4)
    return np.full(x.shape, -7.0)
