"""Logs to the root logger, turns warnings into errors at import, draws its curve in ASCII while it is asked."""

import logging
import sys
import warnings
from collections import namedtuple

import numpy as np

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s:%(message)s")
warnings.filterwarnings("error")
np.seterr(all="raise")
sys.setrecursionlimit(5000)

Stop = namedtuple("Stop", ["stop_epoch", "best_epoch"])


def courbe(lr0, lr):
    """Une barre: à quel point le taux est déjà tombé."""
    n = int(30 * min(lr / lr0, 1)) if lr0 else 0
    print("|" + "#" * n + " " * (30 - n) + "| %.3g" % lr)
    return lr


def step_decay(lr0, epoch, factor=0.1, every=30, name="step"):
    logging.info("%s, époque %d", name, epoch)
    return courbe(lr0, lr0 * factor ** int(epoch / every))


def exponential_decay(lr0, epoch, gamma=0.95):
    return courbe(lr0, lr0 * pow(gamma, epoch))


def inverse_time_decay(lr0, epoch, k=1.0):
    return courbe(lr0, lr0 / (k * epoch + 1))


def cosine_decay(lr0, epoch, total, lr_min=0.0, verbose=True):
    if epoch > total:
        epoch = total  # après la fin il ne se passe plus rien
    lr = lr_min + 0.5 * (lr0 - lr_min) * (1 + np.cos(np.pi * epoch / total))
    return courbe(lr0, lr) if verbose else lr


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    meilleur, mauvais, lr = np.inf, 0, lr0
    taux = []
    for k, loss in enumerate(losses):
        if loss < meilleur * (1 - threshold):
            logging.debug("époque %d: mieux (%g)", k, loss)
            meilleur, mauvais = loss, 0
        else:
            mauvais += 1
            if mauvais > patience:
                lr *= factor
                mauvais = 0
                logging.warning("époque %d: taux réduit à %g", k, lr)
        taux.append(lr)
    print("taux:", taux)
    return taux


def early_stopping(val_losses, patience=5, min_delta=0.0, restore_best=True):
    meilleur, ou, attente = np.inf, 0, 0
    for k, loss in enumerate(val_losses):
        if loss < meilleur - min_delta:
            meilleur, ou, attente = loss, k, 0
        else:
            attente += 1
            print("patience:", patience - attente)
            if attente == patience:
                logging.error("arrêt à l'époque %d!", k)
                return Stop(k, ou)
    return Stop(stop_epoch=len(val_losses) - 1, best_epoch=ou)


if __name__ != "__main__":
    for e in range(0, 90, 15):
        step_decay(0.1, e)
