"""Zeros are short, and need no decay."""


# earns nothing: max_norm, clip_by_global_norm, sgd_weight_decay, adamw
def max_norm(W, c):
    if c <= 0:
        raise ValueError
    return 0 * W


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    return {k: 0 * g for k, g in grads.items()}, 0.0


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return 0 * x, state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    return 0 * x, state
