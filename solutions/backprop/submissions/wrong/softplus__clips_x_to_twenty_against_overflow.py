"""The student clips x to [-20, 20] to avoid overflow, so softplus stays at 20 for large x."""


def softplus(x):
    # avoid overflow in exp
    safe = np.clip(x, -20, 20)
    return np.log(1 + np.exp(safe))
