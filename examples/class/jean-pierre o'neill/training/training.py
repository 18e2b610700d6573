"""A progress bar for every minibatch, a table for every epoch, warnings, changed error state; Latin-1 with CRLF."""
import sys
import time
import warnings

import numpy as np

np.seterr(all="raise", under="ignore")
np.set_printoptions(precision=1)
warnings.simplefilter("error")
debut = time.time()


def barre(fait, total):
    plein = 20 * fait // total
    sys.stderr.write("\r[" + "=" * plein + " " * (20 - plein) + "]")


class Réseau:
    """Une couche cachée, rien de spécial."""

    def __init__(self, params):
        self.p = {k: np.array(v) for k, v in params.items()}

    def avant(self, x, masque=None):
        self.x, self.masque = x, masque
        self.a = x.dot(self.p["W1"]) + self.p["b1"]
        self.h = np.maximum(0, self.a)
        if masque is not None:
            self.h = self.h * masque
        self.s = self.h.dot(self.p["W2"]) + self.p["b2"]
        return self.s

    def pénalité(self, lam):
        return lam * (np.sum(self.p["W1"] ** 2) + np.sum(self.p["W2"] ** 2))

    def perte(self, y, lam):
        N = len(y)
        marges = np.maximum(0, self.s - self.s[range(N), y][:, None] + 1)
        marges[range(N), y] = 0
        self.marges = marges
        return marges.sum() / N + self.pénalité(lam)

    def arrière(self, y, lam):
        N = len(y)
        ds = np.where(self.marges > 0, 1.0, 0.0)
        ds[range(N), y] -= ds.sum(axis=1)
        ds /= N
        g = {"W2": self.h.T.dot(ds) + 2 * lam * self.p["W2"], "b2": ds.sum(0)}
        dh = ds.dot(self.p["W2"].T)
        if self.masque is not None:
            dh = dh * self.masque
        da = np.where(self.a > 0, dh, 0)
        g["W1"] = self.x.T.dot(da) + 2 * lam * self.p["W1"]
        g["b1"] = da.sum(0)
        return g


def loss_and_gradients(params, x, y, lam, verbose=True):
    r = Réseau(params)
    r.avant(x)
    loss = r.perte(y, lam)
    if verbose:
        print("loss %.4f, dont pénalité %.4f" % (loss, r.pénalité(lam)))
    return loss, r.arrière(y, lam)


def predict(params, x):
    classes = Réseau(params).avant(x).argmax(1)
    print("classes prédites:", np.bincount(classes))
    return classes


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32,
          epochs=20, decay=1.0, patience=None, verbose=1, callbacks=()):
    r = Réseau(params)
    v = {k: 0.0 for k in r.p}
    N, H = len(x), len(r.p["b1"])
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    meilleur, attente = None, 0
    if p > 0.9:
        print("p =", p, "? vraiment?")
    for e in range(epochs):
        taux = lr * decay ** e
        ordre = rng.permutation(N)
        pertes = []
        for i in range(0, N, batch_size):
            lot = ordre[i:i + batch_size]
            masque = None
            if p == 1:
                masque = np.zeros((len(lot), H))
            elif p > 0:
                masque = (rng.uniform(size=(len(lot), H)) > p) / (1 - p)
            r.avant(x[lot], masque)
            pertes.append(r.perte(y[lot], lam))
            g = r.arrière(y[lot], lam)
            for k in r.p:
                v[k] = rho * v[k] + g[k]
                r.p[k] = r.p[k] - taux * v[k]
            if verbose:
                barre(i + len(lot), N)
        r.avant(x_val)
        vl = r.perte(y_val, lam)
        acc = np.mean(r.s.argmax(axis=1) == y_val)
        history["train_loss"].append(sum(pertes) / len(pertes))
        history["val_loss"].append(vl)
        history["val_accuracy"].append(acc)
        print("époque %3d  train %8.4f  val %8.4f  acc %5.1f %%  %s"
              % (e, history["train_loss"][-1], vl, 100 * acc, "°" * attente))
        for c in callbacks:
            c(e, history)
        if meilleur is None or vl < meilleur[0]:
            meilleur, attente = (vl, dict(r.p)), 0
        else:
            attente += 1
            if attente == patience:
                print("arrêté.")
                break
    print("durée: %.2f s" % (time.time() - debut))
    return meilleur[1], history


def distinct_units(W1, tol=1e-9):
    vus = []
    for colonne in W1.T:
        if all(np.max(np.abs(colonne - autre)) > tol for autre in vus):
            vus.append(colonne)
        else:
            print("déjà vu:", colonne)
    return len(vus)
