# -*- coding: latin-1 -*-
# Übung 10, Lösung von Gruppe 7: Gewichte W, Schwellwerte b, Fehler in der Größe des Abstands
import numpy as np

GRÖSSE = "b1"


def _vorwärts(params, x, maske):
    """Vorwärts durch das Netz; die Maske gehört zum Dropout."""
    vor = x @ params["W1"] + params["b1"]
    versteckt = maske * vor.clip(min=0)
    return vor, versteckt, versteckt @ params["W2"] + params["b2"]


def _verlust(params, x, y, lam, maske):
    vor, versteckt, s = _vorwärts(params, x, maske)
    n = len(y)
    abstände = 1 + s - np.array([s[i, k] for i, k in enumerate(y)])[:, None]
    abstände[range(n), y] = 0
    größer = abstände > 0
    verlust = abstände[größer].sum() / n + lam * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    ds = größer / n
    ds[range(n), y] = -größer.sum(1) / n
    rückwärts = (ds @ params["W2"].T) * maske * (vor > 0)
    ableitungen = {
        "W1": x.T @ rückwärts + 2 * lam * params["W1"],
        "b1": rückwärts.sum(0),
        "W2": versteckt.T @ ds + 2 * lam * params["W2"],
        "b2": ds.sum(0),
    }
    return verlust, ableitungen


def loss_and_gradients(params, x, y, lam):
    return _verlust(params, x, y, lam, 1)


def predict(params, x):
    return _vorwärts(params, x, 1)[2].argmax(1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    gewichte = {k: w + 0.0 for k, w in params.items()}
    schwung = {k: 0.0 * w for k, w in params.items()}
    verlauf = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    für_später, geduld = None, patience
    for epoche in range(epochs):
        reihenfolge = rng.permutation(len(x))
        verluste = []
        for anfang in range(0, len(x), batch_size):
            teil = reihenfolge[anfang:anfang + batch_size]
            maske = 1
            if p > 0:
                maske = rng.random((len(teil), gewichte[GRÖSSE].size)) >= p
                maske = maske / (1 - p) if p < 1 else maske & False
            wert, g = _verlust(gewichte, x[teil], y[teil], lam, maske)
            verluste.append(wert)
            for k in gewichte:
                schwung[k] = rho * schwung[k] + g[k]
                gewichte[k] = gewichte[k] - lr * decay ** epoche * schwung[k]
        verlauf["train_loss"].append(np.mean(verluste))
        wert = _verlust(gewichte, x_val, y_val, lam, 1)[0]
        verlauf["val_accuracy"].append(np.mean(predict(gewichte, x_val) == y_val))
        if für_später is None or wert < min(verlauf["val_loss"]):
            für_später, geduld = dict(gewichte), patience
        elif geduld is not None:
            geduld -= 1
        verlauf["val_loss"].append(wert)
        if geduld == 0:
            print("Geduld aufgebraucht: früher Schluß")
            break
    return für_später, verlauf


def distinct_units(W1):
    übrig = [spalte for spalte in W1.T]
    anzahl = 0
    while übrig:
        erste = übrig.pop()
        übrig = [u for u in übrig if (abs(u - erste) > 1e-9).any()]
        anzahl += 1
    return anzahl
