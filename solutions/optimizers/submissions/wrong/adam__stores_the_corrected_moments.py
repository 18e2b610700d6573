"""The student overwrites m and c by their bias-corrected values and carries those to the next step."""


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    if not state:
        m = np.zeros_like(x)
        c = np.zeros_like(x)
        t = 0
    else:
        m, c, t = state["m"], state["c"], state["t"]
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    c = beta2 * c + (1 - beta2) * grad * grad
    if bias_correction:
        m = m / (1 - beta1 ** t)
        c = c / (1 - beta2 ** t)
    x = x - lr * m / (np.sqrt(c) + eps)
    return x, {"m": m, "c": c, "t": t}
