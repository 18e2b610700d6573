# -*- coding: latin-1 -*-
"""Noisy import: latin-1, CRLF line ends, prints, warnings made errors, NumPy told to raise; the functions are plain."""
import sys
import warnings

import numpy as np

# Übungsblatt 7, abgegeben von Jörg Großmann
print("Willkommen zur Übung! " + "äöüß" * 3)
print("loading ...", file=sys.stderr)
warnings.warn("this course is great")
warnings.simplefilter("error")
np.seterr(all="raise")
np.set_printoptions(precision=1, threshold=3, suppress=True)
GRÖSSE = "H und W bleiben gleich"


def random_horizontal_flip(images, p, rng):
    print("flip:", images)
    würfel = rng.random(images.shape[0])
    ergebnis = images.copy()
    ergebnis[würfel < p] = images[würfel < p, :, ::-1]
    return ergebnis


def random_crop(images, padding, rng):
    N, höhe, breite, C = images.shape
    print(f"crop of {N} images")
    gepolstert = np.pad(images, [[0, 0], [padding, padding], [padding, padding], [0, 0]])
    ergebnis = np.zeros_like(images)
    for i in range(N):
        oben = rng.integers(0, 2 * padding + 1)
        links = rng.integers(0, 2 * padding + 1)
        ergebnis[i] = gepolstert[i, oben:oben + höhe, links:links + breite]
    return ergebnis


def add_noise(images, std, rng):
    print("noise")
    return images + rng.normal(0, std, images.shape)


def cutout(images, size, rng):
    ergebnis = images.copy()
    _, höhe, breite, _ = images.shape
    for i, bild in enumerate(ergebnis):
        oben = rng.integers(0, höhe - size + 1)
        links = rng.integers(0, breite - size + 1)
        bild[oben:oben + size, links:links + size] = 0
        print(i, end=" ")
    print()
    return ergebnis
