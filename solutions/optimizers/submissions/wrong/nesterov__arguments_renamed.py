"""The arguments have other names, which a call by keyword finds out."""

def nesterov(w, gradient, memory, lr, rho=0.9):
    v = rho * memory.get("v", 0.0) - lr * gradient(w + rho * memory.get("v", 0.0))
    return w + v, {"v": v}
