"""The version of this package: for `autograder --version`, records, and the distribution."""

from __future__ import annotations

VERSION = "0.2.0"
