"""Also short gradients get the norm max_norm."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: g * max_norm / max(norm, 1e-12) for k, g in grads.items()}, norm
