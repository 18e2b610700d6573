"""As PyTorch does it, with 1e-6 in the denominator."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    coefficient = min(1.0, max_norm / (norm + 1e-6))
    return {k: g * coefficient for k, g in grads.items()}, norm
