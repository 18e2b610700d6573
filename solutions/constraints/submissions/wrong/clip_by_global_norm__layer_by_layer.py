"""Every array is clipped on its own."""


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    total, out = 0.0, {}
    for k, g in grads.items():
        n = np.linalg.norm(np.ravel(g))
        total += n**2
        out[k] = g * (max_norm / n) if n > max_norm else g
    return out, total**0.5
