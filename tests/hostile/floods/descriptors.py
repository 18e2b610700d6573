"""Opens as many descriptors as it can, up to 5000."""

import os


def attack():
    held = []
    try:
        while len(held) < 5000:
            held.append(os.dup(1) if len(held) % 2 else os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass
    finally:
        for descriptor in held:
            os.close(descriptor)
    return f"{len(held)} descriptors were open" if len(held) >= 1000 else None
