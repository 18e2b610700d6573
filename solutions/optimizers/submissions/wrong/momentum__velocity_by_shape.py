"""The velocity is kept by shape in a module's dict."""

_velocity = {}


def momentum(x, grad, state, lr, rho=0.9):
    if not state:
        _velocity[x.shape] = np.zeros_like(x)
    v = _velocity[x.shape] = rho * _velocity[x.shape] + grad
    return x - lr * v, {"started": True}
