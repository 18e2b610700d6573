"""How a check judges, who may see it, and how far out of reach student code is."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["reference", "gradient", "property", "distribution", "error"]
Visibility = Literal["public", "hidden"]
Level = Literal["none", "weak", "good", "strong"]  # how far out of reach student code is
LEVELS: tuple[Level, ...] = get_args(Level)  # the weakest first
