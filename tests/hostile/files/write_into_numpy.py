"""Writes a file into NumPy's or the standard library's folder, or a sitecustomize beside them."""

import os
import sys

import numpy as np


def attack():
    places = [
        os.path.dirname(np.__file__),
        os.path.dirname(os.__file__),
        *[path for path in sys.path if path],
        sys.prefix,
    ]
    for place in [*places, TARGETS["site_packages"]]:
        for name in (f"left_{os.getpid()}.py", f"left_{os.getpid()}.pth"):
            path = os.path.join(place, name)
            try:
                with open(path, "x") as file:
                    file.write("")
            except OSError:
                continue
            os.unlink(path)
            return f"wrote {path}"
