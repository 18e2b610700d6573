"""Load the Python files of an exercise."""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path
from types import ModuleType


def load_module(path: Path) -> ModuleType:
    """Import a file of an exercise anew, in a package of its folder's own: it may import its neighbours (`from .x`)."""
    package = f"exercise_{hashlib.sha256(str(path.parent.resolve()).encode()).hexdigest()[:16]}"
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    sys.modules[package] = folder = ModuleType(package)
    folder.__path__ = [str(path.parent)]
    importlib.invalidate_caches()
    return importlib.import_module(f"{package}.{path.stem}")
