"""`python -m autograder`: the command `autograder`."""

from __future__ import annotations

import sys

from autograder.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
