"""All zeros count."""


def dead_units(h):
    return (h == 0).sum() / h.size
