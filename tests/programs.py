"""Programs of the system that some tests need: bubblewrap around machines, a browser to look at pages with."""

from __future__ import annotations

import os
import shutil

import pytest

PACKAGES = {"bwrap": "bubblewrap", "chromium": "chromium"}


def program(name: str) -> str:
    """Return where a program is; without it, a test is skipped by name, but fails in CI, which installs them all."""
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is missing: apt-get install {PACKAGES[name]}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return found
