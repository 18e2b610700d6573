"""clip_grad_value_ in the place of clip_grad_norm_."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: np.maximum(np.minimum(g, max_norm), -max_norm) for k, g in grads.items()}, norm
