"""Prints the gates at each step, keeps a diary in a global list, dataclass as state; settings changed at import."""

import warnings
from dataclasses import dataclass, field

import numpy as np

np.seterr(all="warn")
np.set_printoptions(precision=2, linewidth=50, suppress=True)
warnings.simplefilter("always")

JOURNAL = []


@dataclass
class Mémoire:
    h: np.ndarray
    c: np.ndarray
    pas: int = 0
    notes: list = field(default_factory=list)


def sigma(a):
    return 1 / (1 + np.exp(-a))


def lstm_cell(z, h, c, weights, verbose=True, oubli=0.0):
    H = h.shape[1]
    somme = np.dot(z, weights["W_ih"].T) + np.dot(h, weights["W_hh"].T)
    somme += weights["b_ih"]
    somme += weights["b_hh"]
    portes = {}
    for k, nom in enumerate(["entrée", "oubli", "cellule", "sortie"]):
        morceau = somme[:, k * H : (k + 1) * H]
        portes[nom] = np.tanh(morceau) if nom == "cellule" else sigma(morceau)
        if verbose:
            print(nom, portes[nom][:1])
    c_suivant = (portes["oubli"] + oubli) * c + portes["entrée"] * portes["cellule"]
    return portes["sortie"] * np.tanh(c_suivant), c_suivant


def preprocess_gradient(grad, p=10.0):
    seuil = np.exp(-p)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logs = np.log(np.abs(grad)) / p  # log 0 = -inf, choisi nulle part
    grand = np.abs(grad) >= seuil
    print("petits gradients:", np.sum(~grand), "sur", grand.size)
    return np.column_stack(
        (
            np.where(grand, logs, -1),
            np.where(grand, np.sign(grad), grad * np.exp(p)),
        )
    )


def learned_step(x, grad, state, weights, scale=0.1, clip=None):
    if not state:
        print("premier pas")
        zéro = np.zeros((len(x), weights["W_out"].shape[0]))
        state = Mémoire(zéro, zéro.copy())
    h, c = lstm_cell(preprocess_gradient(grad), state.h, state.c, weights, verbose=False)
    d = (h.dot(weights["W_out"]) + weights["b_out"])[:, 0]
    if clip is not None:
        d = np.clip(d, -clip, clip)
    JOURNAL.append(float(np.abs(d).max()))
    print("pas n° %d, le plus grand: %.3g" % (state.pas + 1, JOURNAL[-1]))
    if len(JOURNAL) > 3:
        warnings.warn("journal long: %d lignes" % len(JOURNAL))
    return x + scale * d, Mémoire(h, c, state.pas + 1, state.notes + ["ok"])
