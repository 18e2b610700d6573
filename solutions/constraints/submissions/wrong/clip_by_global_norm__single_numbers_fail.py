"""len() of a single number raises a TypeError."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum([np.sum(g[i] ** 2) for i in range(len(g))]) for g in grads.values()))
    return {k: g * (max_norm / norm if norm > max_norm else 1.0) for k, g in grads.items()}, norm
