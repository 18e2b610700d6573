"""The factor is a root: a step too many."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: g * (np.sqrt(max_norm / norm) if norm > max_norm else 1.0) for k, g in grads.items()}, norm
