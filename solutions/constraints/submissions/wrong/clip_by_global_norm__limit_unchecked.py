"""No check of max_norm."""


def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: g * (max_norm / norm if norm > max_norm else 1.0) for k, g in grads.items()}, norm
