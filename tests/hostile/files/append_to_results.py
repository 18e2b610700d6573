"""Opens results.jsonl for appending, to write a record of its own there."""

import os


def attack():
    for flags in (os.O_WRONLY | os.O_APPEND, os.O_RDWR):
        try:
            descriptor = os.open(TARGETS["results"], flags)
        except OSError:
            continue
        os.close(descriptor)
        return "results.jsonl is open for writing"
