"""Notebooks as text, without a package for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(sources: Sequence[str], metadata: Sequence[dict[str, Any]] = ()) -> str:
    """Return a notebook of code cells, with metadata for each of them or for none."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "source": source,
            "metadata": metadata[number] if metadata else {},
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5})
