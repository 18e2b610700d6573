"""Changes its root folder, the classic way out or in."""

import os


def attack():
    os.chroot(".")
    return "chroot worked"
