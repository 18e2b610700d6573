"""Why there is no picture, in one sentence: the same in a notebook and on a page."""

from __future__ import annotations

from collections.abc import Collection

MAX_QUOTED = 200  # characters of an exception's text


def why_not(function: str, ancestry: Collection[str], text: str) -> str:
    """Return why an exception means that a function has no picture; `ancestry` names its class and the bases."""
    if "NotImplementedError" in ancestry or ("NameError" in ancestry and repr(function) in text):
        return f"A picture of what {function} does is drawn here once {function} is written."
    name, told = next(iter(ancestry)), text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}..."
    return f"No picture yet: {function} as it is now leads to {name}: {told}. Its check says more."
