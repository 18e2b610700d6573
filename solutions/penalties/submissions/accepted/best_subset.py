"""The sum of hinges is the largest sum over any set of wrong classes: sort, prefix sums, maximum.
The gradient marks the set that attains it. Long double, callables that are instances."""
import numpy as np

Q = np.longdouble


class Regulariser:
    def __init__(self, name, ridge, lasso):
        self.name, self.ridge, self.lasso = name, ridge, lasso

    def evaluate(self, W, lam, beta):
        W = np.asarray(W, dtype=Q)
        a = Q(lam) * (Q(beta) if self.ridge is None else self.ridge)
        b = Q(lam) * self.lasso
        # |w| = max(w, -w)
        value = a * (W ** 2).sum() + b * np.maximum(W, -W).sum()
        slope = 2 * a * W + b * (np.greater(W, 0).astype(Q) - np.less(W, 0).astype(Q))
        return value, slope

    def __call__(self, W, lam, beta=1.0):
        return self.evaluate(W, lam, beta)


l2 = Regulariser("l2", ridge=1, lasso=0)
l1 = Regulariser("l1", ridge=0, lasso=1)
elastic_net = Regulariser("elastic_net", ridge=None, lasso=1)


def hinge_loss(scores, y, margin=1.0):
    loss = Q(0)
    gradient = []
    for s, label in zip(np.asarray(scores, dtype=Q), np.asarray(y).astype(int)):
        wrong = np.delete(np.arange(len(s)), label)
        m = s[wrong] - s[label] + Q(margin)
        order = np.argsort(-m, kind="stable")
        prefix = np.concatenate([np.zeros(1, dtype=Q), np.cumsum(m[order])])
        k = int(np.argmax(prefix))
        loss += prefix[k]
        g = np.zeros(len(s), dtype=Q)
        g[wrong[order[:k]]] = 1
        g[label] = -k
        gradient.append(g)
    return loss / len(gradient), np.array(gradient) / len(gradient)


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    names = [r.name for r in (l2, l1, elastic_net)]
    # list.index raises the ValueError for an unknown name by itself
    regulariser = (l2, l1, elastic_net)[names.index(penalty)]
    x = np.asarray(x, dtype=Q)
    loss, ds = hinge_loss(x @ W, y)
    value, slope = regulariser(W, lam, beta)
    return loss + value, x.T @ ds + slope
