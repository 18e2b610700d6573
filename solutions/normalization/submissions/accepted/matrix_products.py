"""Linear algebra: rank-one centring, the diagonal of the covariance, one product in homogeneous coordinates."""
import numpy as np


def fit_standardizer(x):
    n = x.shape[0]
    one = np.ones((n, 1))
    mean = (one.T @ x)[0] / n
    y = x - x[0]
    centred = y - one @ (one.T @ y) / n
    covariance = centred.T @ centred / n
    return mean, np.sqrt(np.diag(covariance))


def standardize(x, mean, std):
    d = len(std)
    # homogeneous coordinates: [x 1] @ [[S], [-mean S]]
    S = np.zeros((d, d))
    for k in np.nonzero(std)[0]:
        S[k, k] = 1 / std[k]
    A = np.vstack([S, -mean @ S])
    return np.hstack([x, np.ones((x.shape[0], 1))]) @ A
