"""Make a wheel of this package, from the files that run here, so that students get the same code that grades them.

The layout is that of the wheel specification 1.0 (packaging.python.org, "Binary distribution format"). The same
sources give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from importlib import metadata
from pathlib import Path

from autograder.version import VERSION

DISTRIBUTION = "numgrade"
PACKAGE = Path(__file__).resolve().parents[1]
INFO = f"{DISTRIBUTION}-{VERSION}.dist-info"
FIELDS = ("Summary", "License-Expression", "Requires-Python", "Provides-Extra", "Requires-Dist")
TAGS = "Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_wheel(folder: Path) -> Path:
    """Write the wheel into a folder, and return it."""
    installed = metadata.distribution(DISTRIBUTION)
    files = {
        file.relative_to(PACKAGE.parent).as_posix(): file.read_bytes()
        for file in sorted(PACKAGE.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    said = installed.metadata
    lines = ["Metadata-Version: 2.4", f"Name: {DISTRIBUTION}", f"Version: {VERSION}"]
    lines += [f"{name}: {value}" for name in FIELDS for value in said.get_all(name) or ()]
    files[f"{INFO}/METADATA"] = "".join(f"{line}\n" for line in lines).encode()
    files[f"{INFO}/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    files[f"{INFO}/WHEEL"] = TAGS.encode()
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{INFO}/RECORD"] = f"{record}{INFO}/RECORD,,\n".encode()
    wheel = folder / f"{DISTRIBUTION}-{VERSION}-py3-none-any.whl"
    write_zip(wheel, files)
    return wheel


def write_zip(file: Path, contents: dict[str, bytes]) -> None:
    """Write an archive of files by name; the same contents give the same bytes, and scripts can be run."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name)  # dated 1980, so that the time of writing does not matter
            mode = 0o755 if content.startswith(b"#!") else 0o644
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(entry, content)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
