import numpy as np
from math import *

# 2:40 am, it works, DON'T TOUCH


def fit_standardizer(x):
    a = x * 1
    l = []
    ll = []
    k = 0
    while True:
        if k == a.shape[1]: break
        q = a[:, k]
        m = sum(q) / len(q)
        #s = sum(q ** 2) / len(q) - m ** 2     <- was negative once???
        s = 0
        for qq in q: s = s + (qq - m) * (qq - m)
        s = s / len(q)
        s = sqrt(s)
        l += [m]; ll += [s]
        k = k + 1
    #print(l, ll)
    return np.asarray(l), np.asarray(ll)


def standardize(x, mean, std):
    r = x * 0.0
    for i in range(0, x.shape[0]):
        for j in range(0, x.shape[1]):
            try:
                r[i, j] = (float(x[i, j]) - float(mean[j])) / float(std[j])
            except ZeroDivisionError:
                r[i, j] = 0       # std 0
    return r
