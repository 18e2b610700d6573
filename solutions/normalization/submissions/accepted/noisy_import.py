"""Prints, warns and makes every floating-point error an exception; line ends from another world."""
import sys
import warnings

import numpy as np

np.seterr(all="raise")
np.set_printoptions(precision=1, threshold=3, suppress=True)
warnings.simplefilter("always")
print("loading normalization ...", end="")
print(" numpy", np.__version__, "python", sys.version)
warnings.warn("did not read the slides")


def fit_standardizer(x):
    print("x", x.shape, x.dtype)
    print(x)
    mean = np.mean(x, axis=0)
    std = np.std(x, axis=0)
    print("mean", mean, "std", std, file=sys.stderr)
    if np.any(std == 0):
        warnings.warn("feature(s) %s never change" % np.where(std == 0)[0])
    return mean, std


def standardize(x, mean, std):
    print("before", x.min(), "...", x.max())
    nonzero = np.where(std == 0, 1, std)
    out = np.where(std == 0, 0, x - mean) / nonzero
    print("after", out.min(), "...", out.max())
    warnings.warn("finished", UserWarning)
    return out
