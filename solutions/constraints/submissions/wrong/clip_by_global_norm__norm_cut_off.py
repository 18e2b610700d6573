"""Returns the smaller one of norm and max_norm."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    norm_after = min(norm, max_norm)
    return {k: g * (norm_after / norm if norm else 1.0) for k, g in grads.items()}, norm_after
