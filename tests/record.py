"""Record the answer keys that most tests ask for, before processes run them that would each record the same.

`python -m tests.record --ship` also packs them for `make demo`, which does without torch.
"""

from __future__ import annotations

import sys
import zipfile

from autograder.course import DEFAULT_SEED
from autograder.course_key import seeded
from autograder.recording import key_files
from tests.conftest import EXERCISES, ROOT

SHIPPED = ROOT / "examples" / "keys.zip"


def main(*, ship: bool) -> None:
    """Record what is missing, and pack it if asked to."""
    files = key_files(list(EXERCISES.values()), seeded(DEFAULT_SEED))
    if ship:
        with zipfile.ZipFile(SHIPPED, "w", zipfile.ZIP_LZMA) as packed:
            for name, file in zip(EXERCISES, files, strict=True):
                # Without the date of today: the same keys make the same file.
                packed.writestr(zipfile.ZipInfo(f"{name}.key"), file.read_bytes(), zipfile.ZIP_LZMA)


if __name__ == "__main__":
    main(ship="--ship" in sys.argv)
