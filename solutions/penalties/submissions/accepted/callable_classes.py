"""Penalties are objects with __call__, the hinge loss is a class with a metaclass-free __new__ that returns the pair."""
import numpy as np


class Ridge:
    def __call__(self, W, lam):
        return lam * self.value(W), lam * self.slope(W)

    def value(self, W):
        return (W ** 2).sum()

    def slope(self, W):
        return 2 * W


class Lasso(Ridge):
    def value(self, W):
        return np.maximum(W, -W).sum()

    def slope(self, W):
        # |w| / w, and 0 for 0
        return np.divide(np.abs(W), W, out=np.zeros(np.shape(W)), where=(W != 0))


class ElasticNet:
    def __init__(self, *parts):
        self.parts = parts

    def __call__(self, W, lam, beta):
        ridge, lasso = self.parts
        return (lam * (beta * ridge.value(W) + lasso.value(W)),
                lam * (beta * ridge.slope(W) + lasso.slope(W)))


l2 = Ridge()
l1 = Lasso()
elastic_net = ElasticNet(l2, l1)


class hinge_loss:
    """Calling the class gives (loss, dscores), never an instance."""

    def __new__(cls, scores, y, margin=1.0):
        self = super().__new__(cls)
        self.n = scores.shape[0]
        self.index = np.arange(self.n), y
        z = (scores.T - scores[self.index] + margin).T
        self.z = np.where(z > 0, z, 0)
        self.z[self.index] = 0
        return self.loss(), self.gradient()

    def loss(self):
        return self.z.sum(axis=1).mean()

    def gradient(self):
        g = np.zeros_like(self.z)
        g[self.z > 0] = 1 / self.n
        g[self.index] -= g.sum(axis=1)
        return g


class Classifier:
    def __init__(self, penalty, beta):
        self.extra = {}
        if penalty == "elastic_net":
            self.penalty, self.extra = elastic_net, {"beta": beta}
        elif penalty in ("l1", "l2"):
            self.penalty = l1 if penalty.endswith("1") else l2
        else:
            raise ValueError("penalty")

    def objective(self, W, x, y, lam):
        loss, ds = hinge_loss(x @ W, y)
        reg, dreg = self.penalty(W, lam, **self.extra)
        return loss + reg, x.T @ ds + dreg


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    return Classifier(penalty, beta).objective(W, x, y, lam)
