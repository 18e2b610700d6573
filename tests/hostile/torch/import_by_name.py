"""Imports torch and its like by name alone, and by site.addsitedir."""

import importlib
import site
import sys


def attack():
    before = list(sys.path)
    try:
        for prepare in (lambda: None, lambda: site.addsitedir(TARGETS["site_packages"]), site.main):
            try:
                prepare()
            except (OSError, TypeError):
                continue
            for name in ("torch", "functorch", "scipy", "sympy", "pytest", "rich"):
                try:
                    return f"imported {importlib.import_module(name).__name__}"
                except (ImportError, OSError):
                    continue
    finally:
        sys.path[:] = before
