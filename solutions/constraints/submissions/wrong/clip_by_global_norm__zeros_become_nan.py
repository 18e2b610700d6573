"""0/0 where all gradients are zero."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: g / norm * np.minimum(norm, max_norm) for k, g in grads.items()}, norm
