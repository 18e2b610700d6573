"""The sum is started anew for every array."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    for g in grads.values():
        total = 0.0
        total += np.sum(g**2)
    norm = np.sqrt(total)
    return {k: g * (max_norm / norm if norm > max_norm else 1.0) for k, g in grads.items()}, norm
