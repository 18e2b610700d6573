"""Everything comes back as it is."""


# earns nothing: max_norm, clip_by_global_norm, sgd_weight_decay, adamw
def max_norm(W, c):
    return W


def clip_by_global_norm(grads, max_norm):
    return grads, max_norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x, state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    return x, state
