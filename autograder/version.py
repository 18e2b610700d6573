"""The version of this package: the one that `autograder --version` prints, records name, and the distribution has."""

from __future__ import annotations

VERSION = "0.2.0"
