"""np.linalg.norm(g, 2) is the spectral norm of a matrix."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 if g.ndim == 2 else np.sum(g**2) for g in grads.values()))
    return {k: g * (max_norm / norm if norm > max_norm else 1.0) for k, g in grads.items()}, norm
