# -*- coding: latin-1 -*-
"""Saved as latin-1, which the first line says. Lernrate über die Epochen, Übung 3, Gruppe Jürgen & François."""
import numpy as np


def step_decay(lr0, epoch, factor=0.1, every=30):
    # µ_t = µ_0 · f^n, n ganze Stufen; die Stufenhöhe bleibt überall gleich
    höhe = factor
    stufen, übrig = divmod(epoch, every)
    assert 0 <= übrig < every
    return lr0 * höhe**stufen


def exponential_decay(lr0, epoch, gamma=0.95):
    # größe = Anfangsgröße × gamma^epoch
    größe = np.full(epoch + 1, gamma, dtype=float)
    größe[0] = lr0
    return größe.prod()


def inverse_time_decay(lr0, epoch, k=1.0):
    # § 2: Zähler bleibt, Nenner wächst
    zähler, nenner = lr0, k * epoch + 1
    return zähler / nenner


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    # halbe Drehung, 0° bis 180°; danach nichts mehr
    grad = 180 * np.minimum(epoch / total, 1)
    höhe = np.cos(np.deg2rad(grad))
    return (lr0 - lr_min) * (höhe + 1) * 0.5 + lr_min


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    verläufe = []
    schwelle, schlecht, rate = np.inf, 0, lr0
    for verlust in losses:
        if verlust < schwelle:
            schwelle, schlecht = verlust * (1 - threshold), 0
        elif schlecht < patience:
            schlecht += 1
        else:
            schlecht, rate = 0, rate * factor
        verläufe.append(rate)
    return verläufe


def early_stopping(val_losses, patience=5, min_delta=0.0):
    früheste = None
    schwelle = np.inf
    for epoche, verlust in enumerate(val_losses):
        if verlust < schwelle:
            schwelle = verlust - min_delta
            früheste = epoche
        if epoche == früheste + patience:
            break
    return epoche, früheste
