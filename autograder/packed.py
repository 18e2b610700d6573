"""The files inside a standalone notebook, as one text: packed on release, unpacked when the notebook runs."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping

import msgspec


def pack(files: Mapping[str, bytes]) -> str:
    """Return files by name as one word; the same files give the same word."""
    return base64.b64encode(zlib.compress(msgspec.msgpack.encode(dict(files)), level=9)).decode()


def unpacked(packed: str) -> dict[str, bytes]:
    """Return the files in such a word, or raise `ValueError`."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(base64.b64decode(packed)), type=dict[str, bytes])
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(f"what the notebook holds is damaged: {error}") from error
