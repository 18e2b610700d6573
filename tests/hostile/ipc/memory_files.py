"""Makes files of memory that no file limit knows: memfd_create, sealed, secret, huge."""

import os


def attack():
    for call in ((319, b"x", 0), (319, b"x", 2), (319, b"x", 4), (447, 0)):
        try:
            os.close(c(*call))
            return f"call {call[0]} made a memory file"
        except OSError:
            continue
