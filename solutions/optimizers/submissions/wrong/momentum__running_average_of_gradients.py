"""The student weights the new gradient by 1 - rho, as in an exponential moving average."""


def momentum(x, grad, state, lr, rho=0.9):
    if "velocity" in state:
        v_old = state["velocity"]
    else:
        v_old = np.zeros_like(x)
    v = rho * v_old + (1 - rho) * grad
    return x - lr * v, {"velocity": v}
