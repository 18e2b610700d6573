"""Plain loops over numbers, everything in nested lists, NumPy only imported because the template does."""
import numpy as np


def fit_standardizer(x):
    N = len(x)
    D = len(x[0])
    mean = []
    std = []
    for j in range(D):
        total = 0.0
        for i in range(N):
            total += float(x[i][j])
        m = total / N
        squares = 0.0
        for i in range(N):
            squares += (float(x[i][j]) - m) ** 2
        mean.append(m)
        std.append((squares / N) ** 0.5)
    return [mean, std]


def standardize(x, mean, std):
    result = []
    for row in x:
        new_row = []
        for j in range(len(row)):
            if std[j] == 0:
                new_row.append(0)
            else:
                new_row.append((float(row[j]) - float(mean[j])) / float(std[j]))
        result.append(new_row)
    return result
