# -*- coding: latin-1 -*-
"""Übung 5, Prénom: Zoë. Für jedes Merkmal (x - µ) / s."""
import numpy as np

GRÜSSE = "¡Olé! ½ ± µ² § 100 °C"


def _écart_type(x, µ):
    # s² = 1/N · Summe (x - µ)², größer als 0 oder gleich 0; nicht ÷ (N - 1)
    größe = x.shape[0]
    return np.sqrt(np.vstack([(x[:, k] - µ[k]) @ (x[:, k] - µ[k]) / größe for k in range(µ.size)]).ravel())


def fit_standardizer(x):
    µ = np.ones(len(x)) @ x / len(x)
    return µ, _écart_type(x, µ)


def standardize(x, mean, std):
    # Trägheit: 1/s, und 0 für die Merkmale, die sich nie ändern
    kehrwert = np.zeros(std.shape)
    for k, s in enumerate(std):
        if s:
            kehrwert[k] = s ** -1
    return kehrwert * (x - mean)
