"""The decay is the norm of x in every coordinate."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x - lr * (grad + wd * np.sqrt(np.sum(x**2)) * np.sign(x)), state
