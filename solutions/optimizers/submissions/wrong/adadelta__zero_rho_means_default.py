"""A ρ of 0 is taken for a missing one."""

def adadelta(x, grad, state, lr=1.0, rho=None, eps=1e-6):
    rho = rho or 0.9
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    delta = grad * np.sqrt(state.get("d", 0.0) + eps) / np.sqrt(c + eps)
    return x - lr * delta, {"c": c, "d": rho * state.get("d", 0.0) + (1 - rho) * delta**2}
