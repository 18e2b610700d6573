"""The student multiplies the step by lr before squaring it into d, so d contains lr."""


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    avg_sq_grad = state.get("avg_sq_grad", np.zeros_like(x))
    avg_sq_step = state.get("avg_sq_step", np.zeros_like(x))

    avg_sq_grad = rho * avg_sq_grad + (1 - rho) * grad ** 2
    rms_step = np.sqrt(avg_sq_step + eps)
    rms_grad = np.sqrt(avg_sq_grad + eps)
    step = -lr * rms_step / rms_grad * grad
    avg_sq_step = rho * avg_sq_step + (1 - rho) * step ** 2

    return x + step, {"avg_sq_grad": avg_sq_grad, "avg_sq_step": avg_sq_step}
