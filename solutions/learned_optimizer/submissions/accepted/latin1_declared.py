# -*- coding: latin-1 -*-
"""Als latin-1 gespeichert und so deklariert; Namen und Kommentare deutsch, mit Umlauten, ß und ± und §."""
import numpy as np

# Übung 12: gelernter Optimierer, Lösung von Käthe Groß
SCHLÜSSEL = ("W_ih", "W_hh", "b_ih", "b_hh")


def _größe(x):
    return np.abs(x)


def _sigma(x):
    # für große negative x läuft exp(-x) über, 1/inf = 0 ist aber richtig
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


def lstm_cell(z, h, c, weights):
    W, U, b, d = (weights[schlüssel] for schlüssel in SCHLÜSSEL)
    tore = W @ z.T + U @ h.T + (b + d)[:, None]     # (4H, K), ein Tor unter dem anderen
    eingang, vergessen, vorschlag, ausgang = tore.reshape(4, -1, len(z))
    gedächtnis = _sigma(vergessen) * c.T + _sigma(eingang) * np.tanh(vorschlag)
    return (_sigma(ausgang) * np.tanh(gedächtnis)).T, gedächtnis.T


def preprocess_gradient(grad, p=10.0):
    """Zwei Zahlen je Ableitung: (Größe, ±1) oder (-1, vergrößert)."""
    zulässig = _größe(grad) >= np.exp(-p)
    ergebnis = np.column_stack([-np.ones(len(grad)), np.exp(p) * grad])
    ergebnis[zulässig] = np.column_stack([np.log(_größe(grad[zulässig])) / p, np.sign(grad[zulässig])])
    return ergebnis


def learned_step(x, grad, state, weights, scale=0.1):
    breite = weights["W_out"].shape[0]
    h, c = state.get("Zustände", (np.zeros((len(x), breite)), np.zeros((len(x), breite))))
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    änderung = weights["W_out"][:, 0] @ h.T + weights["b_out"][0]
    return x + scale * änderung, {"Zustände": (h, c)}
