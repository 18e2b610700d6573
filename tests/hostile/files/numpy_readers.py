"""Lets NumPy read for it: loadtxt, genfromtxt, memmap, fromfile, DataSource."""

import numpy as np


def attack():
    path = TARGETS["readable_secret"]
    ways = {
        "memmap": lambda: np.memmap(path, dtype=np.uint8, mode="r").size,
        "fromfile": lambda: np.fromfile(path, dtype=np.uint8).size,
        "genfromtxt": lambda: np.genfromtxt(path, dtype=str, delimiter="\0", comments=None).size,
        "loadtxt": lambda: np.loadtxt(path, dtype=str, delimiter="\x01", comments=None).size,
        "DataSource": lambda: len(np.lib.npyio.DataSource(None).open(path).read()),
    }
    for name, way in ways.items():
        try:
            size = way()
        except (OSError, ValueError):
            continue
        if size:
            return f"np.{name} read {size}"
