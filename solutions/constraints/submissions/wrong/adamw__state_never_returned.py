"""The state is never filled, so that every step is a first one."""


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t, m, c = 1, (1 - beta1) * grad, (1 - beta2) * grad * grad
    x = x * (1 - lr * wd)
    return x - lr * (m / (1 - beta1**t)) / (np.sqrt(c / (1 - beta2**t)) + eps), state
