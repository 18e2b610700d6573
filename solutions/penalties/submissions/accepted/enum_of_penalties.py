"""The penalty is looked up in an Enum, which raises the ValueError by itself; Latin-1 bytes in the comments."""
from enum import Enum

import numpy as np

# Übung 6, Gruppe Müller/Größl: Straffunktionen (für alle Formen von W)


class Penalty(Enum):
    L2 = "l2"
    L1 = "l1"
    ELASTIC_NET = "elastic_net"

    def __call__(self, W, lam, beta):
        if self is Penalty.L2:
            return l2(W, lam)
        if self is Penalty.L1:
            return l1(W, lam)
        return elastic_net(W, lam, beta)


def l2(W, lam):
    # kein ½ davor, also bleibt die 2 übrig
    return lam * np.sum(W ** 2), 2 * lam * W


def l1(W, lam):
    # bei 0 wählen wir den Subgradienten 0
    return lam * np.sum(np.absolute(W)), lam * np.sign(W)


def elastic_net(W, lam, beta):
    straf2, ableitung2 = l2(W, 1)
    straf1, ableitung1 = l1(W, 1)
    return lam * (beta * straf2 + straf1), lam * (beta * ableitung2 + ableitung1)


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    s = scores - scores[np.arange(N), y][:, np.newaxis]
    # die richtige Klasse löschen: dort ist s = 0, und sie zählt nicht
    falsch = np.ones_like(s)
    falsch[np.arange(N), y] = 0
    verlust = np.maximum(0, s + margin) * falsch
    gradient = (s + margin > 0) * falsch
    gradient[np.arange(N), y] -= gradient.sum(axis=1)
    return verlust.sum(axis=1).mean(), gradient / N


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    strafe = Penalty(penalty)
    verlust, dscores = hinge_loss(x @ W, y)
    r, dr = strafe(W, lam, beta)
    return verlust + r, x.T @ dscores + dr
