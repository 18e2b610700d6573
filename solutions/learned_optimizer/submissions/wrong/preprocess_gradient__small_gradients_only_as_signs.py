"""The size is floored at -1 as it should be, but the second number is the sign for small gradients too."""


def preprocess_gradient(grad, p=10.0):
    size = np.maximum(np.abs(grad), np.exp(-p))
    return np.stack([np.log(size) / p, np.sign(grad)], axis=1)
