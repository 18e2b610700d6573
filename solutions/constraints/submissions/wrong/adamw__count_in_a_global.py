"""The steps are counted in a global variable, over all runs."""
_steps = 0


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    global _steps
    _steps += 1
    t = _steps
    m = beta1 * state.get("m", 0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0) + (1 - beta2) * grad * grad
    x = x * (1 - lr * wd)
    return x - lr * (m / (1 - beta1**t)) / (np.sqrt(c / (1 - beta2**t)) + eps), {"m": m, "c": c}
