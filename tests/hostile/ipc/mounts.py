"""Mounts, unmounts and moves the root, by the old calls and by the new ones; what is asked for is always impossible."""

import errno
import os


def attack():
    """Success is any answer but refusal: the kernel looked at the arguments, which are senseless."""
    here = b"/nowhere-at-all"
    for call in (
        (165, b"none", here, b"tmpfs", 0, 0),
        (166, here, 0),
        (155, here, here),
        (428, -100, here, 1),
        (430, b"tmpfs", 0),
        (429, -100, here, -100, here, 0),
        (442, -100, here, 0, 0, 0),
    ):
        try:
            result = c(*call)
            os.close(result) if result > 2 else None
            return f"call {call[0]} worked"
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOSYS, errno.EACCES):
                return f"call {call[0]} answered {error.strerror}"
