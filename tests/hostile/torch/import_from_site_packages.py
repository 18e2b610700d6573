"""Imports torch (or what else lies beside it) from the grader's site-packages, put on sys.path."""

import importlib
import sys


def attack():
    before = list(sys.path)
    try:
        for where in (0, len(before)):
            sys.path[:] = before
            sys.path.insert(where, TARGETS["site_packages"])
            importlib.invalidate_caches()
            for name in ("torch", "sympy", "networkx", "jinja2", "rich", "pytest", "pluggy", "mpmath", "isympy"):
                try:
                    return f"imported {importlib.import_module(name).__name__}"
                except (ImportError, OSError):
                    continue
    finally:
        sys.path[:] = before
