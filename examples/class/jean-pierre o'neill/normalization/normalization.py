"""Prints a table of all features, warns about constant ones, leaves NumPy and the warnings module rearranged."""
import warnings

import numpy as np

print("normalization", "*" * 40)
np.seterr(all="call", invalid="ignore")
np.seterrcall(lambda kind, flag: print("NumPy dit:", kind, flag))
np.set_printoptions(floatmode="unique", linewidth=20)
warnings.simplefilter("once")
warnings.showwarning = lambda message, *rest, **more: print("ATTENTION:", message)


def fit_standardizer(x, names=None, ddof=0):
    N, D = x.shape
    mean = x.sum(axis=0) / N
    var = ((x - mean) ** 2).sum(axis=0) / (N - ddof)    # ddof=0: l'écart-type biaisé
    std = np.sqrt(var)
    for d in range(D):
        print("%10s  µ=%10.4f  s=%10.4f" % (names[d] if names else "x%d" % d, mean[d], std[d]))
    if N == 1:
        warnings.warn("un seul exemple, à quoi bon?")
    return mean, std


def standardize(x, mean, std, clip=None):
    z = np.zeros(x.shape)
    for d, s in enumerate(std):
        if s == 0:
            warnings.warn("colonne %d constante: elle devient zéro" % d)
            continue
        z[:, d] = (x[:, d] - mean[d]) / s
    # division par zéro voulue, pour voir si l'appel ci-dessus marche
    np.ones(1) / np.zeros(1)
    if clip:
        z = np.clip(z, -clip, clip)
    print("après:", z[:1])
    return z
