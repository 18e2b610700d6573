"""The second value is the factor."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return {k: g * factor for k, g in grads.items()}, factor
