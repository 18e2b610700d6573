"""The student evaluates the gradient at x - rho*v, the wrong side of x."""


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v")
    if v is None:
        v = np.zeros_like(x)
    g = grad_fn(x - rho * v)
    v_new = rho * v - lr * g
    return x + v_new, {"v": v_new}
