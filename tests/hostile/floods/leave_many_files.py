"""Leaves files of every kind behind in its own folder, with names that break tools (FULL)."""

import os

import numpy as np

NAMES = (
    "conftest.py",
    "sitecustomize.py",
    "numpy.py",
    "normalization.pyc",
    "-rf",
    "a\nb",
    "\x1b[2J",
    "x" * 200,
    " ",
    "*",
    "..hidden",
    "results.jsonl",
    "grades.csv",
    b"\xff\xfe",
    "usercustomize.py",
    "autograder.py",
    "msgspec.py",
    "core",
)
for name in NAMES:
    try:
        with open(name, "w") as file:
            file.write("raise SystemExit('left behind')\n")
    except OSError:
        continue
for number in range(50):
    try:
        os.makedirs(f"folder{number}/in/folder", mode=0o000)
    except OSError:
        break


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
