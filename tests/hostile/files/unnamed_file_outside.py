"""Makes a file without a name by O_TMPFILE outside, and gives it a name."""

import os


def attack():
    for place in (TARGETS["open_folder"], "/tmp", "/dev/shm", "/var/tmp"):
        try:
            descriptor = os.open(place, os.O_TMPFILE | os.O_RDWR, 0o600)
        except OSError:
            continue
        os.close(descriptor)
        return f"O_TMPFILE worked in {place}"
