"""Shows every image as text before and after, seeds the global generators (which it never uses), CRLF."""

import random
import warnings

import numpy as np

random.seed(1)
np.random.seed(1)
np.seterr(all="ignore")
np.set_printoptions(threshold=0, edgeitems=1)
warnings.filterwarnings("default")

compte = {"flip": 0, "crop": 0, "bruit": 0, "trou": 0}


def montre(images, titre, max_images=1):
    print("---", titre, images.shape)
    for image in images[:max_images]:
        gris = image.mean(axis=2)
        seuil = gris.mean()
        for ligne in gris:
            print("".join("#" if v > seuil else "." for v in ligne))


def random_horizontal_flip(images, p, rng, axis=2):
    montre(images, "avant")
    out = images.copy()
    choisi = rng.random(images.shape[0]) < p
    out[choisi] = np.flip(images[choisi], axis=axis)
    compte["flip"] += int(choisi.sum())
    print("retournées jusqu'ici:", compte["flip"])
    return out


def random_crop(images, padding, rng, fill=0.0):
    N, H, W, C = images.shape
    out = np.empty_like(images)
    for k in range(N):
        toile = np.full((H + 2 * padding, W + 2 * padding, C), fill)
        toile[padding : H + padding, padding : W + padding] = images[k]
        i = rng.integers(0, 2 * padding + 1)  # la borne supérieure est exclue, d'où le +1
        j = rng.integers(0, 2 * padding + 1)
        out[k] = toile[i : i + H, j : j + W]
        compte["crop"] += 1
    montre(out, "décalée")
    return out


def add_noise(images, std, rng, mean=0.0):
    if std == 0:
        warnings.warn("std = 0: c'est très calme ici")
    bruit = rng.normal(mean, std, images.shape)
    print("bruit: min %.2f max %.2f" % (bruit.min(), bruit.max()))
    return images + bruit


def cutout(images, size, rng, value=0.0, verbose=True):
    N, H, W, C = images.shape
    masque = np.ones((N, H, W, 1), dtype=bool)
    for k in range(N):
        i = int(rng.integers(0, H - size, endpoint=True))
        j = int(rng.integers(0, W - size, endpoint=True))
        masque[k, i : i + size, j : j + size] = False
    out = np.where(masque, images, value)
    if verbose:
        montre(out, "trouée")
        print(compte)
    return out
