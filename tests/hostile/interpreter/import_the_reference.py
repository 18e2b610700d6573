"""Imports reference.py, hidden_checks.py and the solution as modules: by sys.path, SourceFileLoader, runpy, exec of its source."""

import importlib.machinery
import importlib.util
import os
import runpy
import sys


def by_loader(path):
    loader = importlib.machinery.SourceFileLoader("borrowed", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("borrowed", loader))
    loader.exec_module(module)
    return vars(module)


def by_sys_path(path):
    sys.path.insert(0, os.path.dirname(path))
    try:
        return vars(__import__(os.path.splitext(os.path.basename(path))[0] + ""))
    finally:
        del sys.path[0]


def attack():
    for path in (TARGETS["solution"], TARGETS["reference"], TARGETS["checks"]):
        for way in (by_loader, runpy.run_path, by_sys_path):
            try:
                names = way(path)
            except (ImportError, OSError):
                continue
            if "checkout" not in names and names.get("__file__", path) == path and "TARGETS" not in names:
                return f"{way.__name__} ran {path}"
