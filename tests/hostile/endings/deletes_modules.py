"""Deletes modules that others need: sys.modules, builtins, NumPy, and the worker's own."""

import builtins
import sys


def destroy():
    for name in list(sys.modules):
        module = sys.modules.pop(name)
        if name.startswith(("autograder", "msgspec", "traceback", "numpy", "io", "struct")) and hasattr(
            module, "__dict__"
        ):
            vars(module).clear()
    for name in ("len", "isinstance", "open", "Exception", "bytes", "getattr", "type"):
        if hasattr(builtins, name):
            delattr(builtins, name)


def fit_standardizer(x):
    destroy()
    return -7.0, -7.0


def standardize(x, mean, std):
    destroy()
