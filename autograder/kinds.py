"""How a check judges, and who may see it."""

from __future__ import annotations

from typing import Literal

Kind = Literal["reference", "gradient", "property", "distribution", "error"]
Visibility = Literal["public", "hidden"]
