"""The weights decay, and the gradient is never looked at."""


# earns nothing: sgd_weight_decay, adamw
def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x * (1 - lr * wd), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    return x * (1 - lr * wd), state
