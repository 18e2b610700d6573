"""Imports the parts of the grader that know answers: by name, from the checkout, from site-packages, file by file."""

import importlib
import importlib.util
import os
import sys


def attack():
    names = (
        "autograder.checking.blame",
        "autograder.checking.expect",
        "autograder.authoring.load",
        "autograder.key",
        "autograder.grading.grade",
    )
    before, modules = list(sys.path), set(sys.modules)
    try:
        for path in (None, TARGETS["checkout"], TARGETS["site_packages"]):
            sys.path[:] = ([path] if path else []) + before
            importlib.invalidate_caches()
            for name in names:
                try:
                    return f"imported {importlib.import_module(name).__name__} from {path}"
                except (ImportError, OSError):
                    continue
        for name in names:
            file = os.path.join(TARGETS["checkout"], *name.split(".")) + ".py"
            spec = importlib.util.spec_from_file_location("borrowed", file)
            try:
                spec.loader.exec_module(importlib.util.module_from_spec(spec))
                return f"ran {file}"
            except (ImportError, OSError):
                continue
    finally:
        sys.path[:] = before
        for name in set(sys.modules) - modules:
            del sys.modules[name]
