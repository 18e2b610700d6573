"""How NumPy treats floating-point errors and how Python treats warnings, while student code runs.

Student code begins with the settings of a new interpreter, and keeps what its own file sets while it is imported, as at
home. Settings made in a call end with the call. Warnings are not shown, since their text differs from machine to
machine.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """NumPy's error state, and the filters of warnings in their order."""

    errors: Mapping[str, Any]
    filters: tuple[Any, ...]

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Apply these settings in a block."""
        with np.errstate(**self.errors), warnings.catch_warnings():
            warnings.filters[:] = self.filters  # type: ignore[index]  # a list, which typeshed makes read-only
            warnings.showwarning = _forget
            yield


def current_settings() -> Settings:
    """Return the current settings."""
    return Settings(errors=np.geterr(), filters=tuple(warnings.filters))


def _forget(*_args: object, **_options: object) -> None:
    """Drop a warning."""


def _filter(action: str, category: type[Warning], module: str | None = None) -> tuple[Any, ...]:
    return (action, None, category, module, 0)


# From NumPy's and Python's documentation: numpy.seterr, and "Default Warning Filter" of the module `warnings`.
PLAIN = Settings(
    errors={"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"},
    filters=(
        _filter("default", DeprecationWarning, "__main__"),
        _filter("ignore", DeprecationWarning),
        _filter("ignore", PendingDeprecationWarning),
        _filter("ignore", ImportWarning),
        _filter("ignore", ResourceWarning),
    ),
)
SILENT = Settings(
    errors={"divide": "ignore", "over": "ignore", "under": "ignore", "invalid": "ignore"},
    filters=(_filter("ignore", Warning),),
)
