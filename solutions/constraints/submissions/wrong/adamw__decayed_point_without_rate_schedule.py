"""The decay is scaled by the rate of the first step, not the current one."""


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t, first = state.get("t", 0) + 1, state.get("lr", lr)
    m = beta1 * state.get("m", 0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0) + (1 - beta2) * grad * grad
    x = x * (1 - first * wd)
    step = lr * (m / (1 - beta1**t)) / (np.sqrt(c / (1 - beta2**t)) + eps)
    return x - step, {"t": t, "m": m, "c": c, "lr": first}
