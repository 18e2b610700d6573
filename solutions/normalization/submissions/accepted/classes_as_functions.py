"""Both names are classes: the first makes a tuple, the second an ndarray that knows where it came from."""
import numpy as np


class fit_standardizer(tuple):
    def __new__(cls, x):
        mean = np.average(x, axis=0)
        std = np.average((x - mean) ** 2, axis=0) ** 0.5
        return super().__new__(cls, (mean, std))

    @property
    def mean(self):
        return self[0]

    @property
    def std(self):
        return self[1]

    def __repr__(self):
        return "Standardizer for %d features" % len(self.mean)


class standardize(np.ndarray):
    def __new__(cls, x, mean, std):
        self = np.subtract(x, mean).view(cls)
        for j, s in enumerate(std):
            self[:, j] = self[:, j] / s if s > 0 else 0.0
        self.statistics = mean, std
        return self

    def __array_finalize__(self, parent):
        self.statistics = getattr(parent, "statistics", None)
