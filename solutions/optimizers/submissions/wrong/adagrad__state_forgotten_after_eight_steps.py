"""After eight steps the accumulator starts again."""

def adagrad(x, grad, state, lr, eps=1e-10):
    n = state.get("n", 0)
    c = (state["c"] if n % 8 else 0.0) + grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c, "n": n + 1}
