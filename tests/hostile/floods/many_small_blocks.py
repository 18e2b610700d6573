"""Takes memory in blocks of 8 MB, each touched, until 1.5 GB or refusal."""

import numpy as np


def attack():
    blocks = []
    try:
        while len(blocks) < 190:
            blocks.append(np.ones(1 << 20))
    except MemoryError:
        return None
    return f"{len(blocks) * 8} MB are held"
