"""Loads files of torch and its neighbors by spec, and their folder by zipimport, past sys.path."""

import importlib.util
import os
import zipimport


def attack():
    for name in (
        "torch/version.py",
        "torch/_vendor/packaging/_structures.py",
        "sympy/release.py",
        "mpmath/__init__.py",
        "packaging/version.py",
        "pluggy/_version.py",
        "torch/__init__.py",
    ):
        spec = importlib.util.spec_from_file_location("borrowed", os.path.join(TARGETS["site_packages"], name))
        try:
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
            return f"ran {name}"
        except (ImportError, OSError):
            continue
    try:
        zipimport.zipimporter(TARGETS["site_packages"])
        return "zipimport took the folder"
    except zipimport.ZipImportError:
        return None
