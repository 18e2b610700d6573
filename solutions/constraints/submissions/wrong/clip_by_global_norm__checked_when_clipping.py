"""max_norm is looked at only where something is clipped: zeros with max_norm=0 pass."""


def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    if norm > max_norm:
        if max_norm <= 0:
            raise ValueError
        return {k: g * max_norm / norm for k, g in grads.items()}, norm
    return grads, norm
